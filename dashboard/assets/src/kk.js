// Kazakh for ECharts, which ships none. Only what our charts can show:
// names of months and days, and the words of its own descriptions.
export default {
  time: {
    month: ['қаңтар', 'ақпан', 'наурыз', 'сәуір', 'мамыр', 'маусым', 'шілде', 'тамыз', 'қыркүйек', 'қазан', 'қараша', 'желтоқсан'],
    monthAbbr: ['қаң.', 'ақп.', 'нау.', 'сәу.', 'мам.', 'мау.', 'шіл.', 'там.', 'қыр.', 'қаз.', 'қар.', 'жел.'],
    dayOfWeek: ['жексенбі', 'дүйсенбі', 'сейсенбі', 'сәрсенбі', 'бейсенбі', 'жұма', 'сенбі'],
    dayOfWeekAbbr: ['жс', 'дс', 'сс', 'ср', 'бс', 'жм', 'сб'],
  },
  legend: { selector: { all: 'Барлығы', inverse: 'Керісінше' } },
  series: {
    typeNames: { scatter: 'нүктелік диаграмма', line: 'сызықтық диаграмма', bar: 'бағанды диаграмма', map: 'карта', custom: 'диаграмма' },
  },
  aria: {
    general: { withTitle: 'Бұл – «{title}» туралы диаграмма', withoutTitle: 'Бұл – диаграмма' },
    series: {
      single: {
        prefix: '',
        withName: ', түрі: {seriesType}, атауы: {seriesName}.',
        withoutName: ', түрі: {seriesType}.',
      },
      multiple: {
        prefix: '. Құрамында {seriesCount} қатар бар.',
        withName: ' {seriesId}-қатар: {seriesName}, түрі: {seriesType}.',
        withoutName: ' {seriesId}-қатар, түрі: {seriesType}.',
        separator: { middle: '', end: '' },
      },
    },
    data: {
      allData: 'Деректер: ',
      partialData: 'Алғашқы {displayCnt} дерек: ',
      withName: '{name}: {value}',
      withoutName: '{value}',
      separator: { middle: ', ', end: '. ' },
    },
  },
};
