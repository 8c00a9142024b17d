// Turns the names in an option ("@ink", "@num") into what they stand for.
// Options come as JSON and hold no code; only the names in these tables, at
// the keys listed here, are replaced. Labels and data are never looked at.

const colourKeys = new Set(['color', 'borderColor', 'areaColor', 'backgroundColor', 'textBorderColor']);

// A circle with three diagonal cuts: the marks of an invented example.
const hatched = 'path://M50 0A50 50 0 1 0 50 100A50 50 0 1 0 50 0ZM14 62L62 14L74 20L20 74ZM38 86L86 38L90 54L54 90Z';

// formatters write the numbers of axes and times as the drawing labels them:
// browsers do not know the numbers of every language.
export function formatters(view) {
  const decimal = new Intl.NumberFormat(view.lang || undefined, { maximumFractionDigits: 6, useGrouping: 'min2' });
  return {
    number: (v) => view.values?.find((t) => Math.abs(t.x - v) <= 1e-9 * Math.max(1, Math.abs(v)))?.label ?? decimal.format(v).replace('-', '\u2212'),
    time: (v) => ((view.ticks || []).find((t) => Math.abs(t.x - v) < 1e-6) || { label: '' }).label,
  };
}

export function resolve(option, root) {
  const css = getComputedStyle(root);
  const colour = (name) => name === 'clear' ? 'transparent' : css.getPropertyValue(`--${name}`).trim() || 'currentColor';
  const { view, tereze: numbers } = option;
  const { number, time } = formatters(view);
  const named = { '@num': number, '@time': time, '@tip': (p) => tip(p, numbers, view) };
  const decals = {
    '@missing': { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [1.5, 4], rotation: -Math.PI / 4, color: colour('hatch') },
    '@example': { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [1.2, 4.5], rotation: Math.PI / 4, color: pale(colour('paper')) },
  };
  const walk = (value, key) => {
    if (Array.isArray(value)) return value.map((v) => walk(v, key));
    if (value && typeof value === 'object') {
      const out = {};
      for (const k of Object.keys(value)) out[k] = walk(value[k], k);
      return out;
    }
    if (typeof value !== 'string' || value[0] !== '@') return value;
    if (colourKeys.has(key)) return colour(value.slice(1));
    if (key === 'formatter' && value in named) return named[value];
    if (key === 'decal' && value in decals) return decals[value];
    if (key === 'symbol' && value === '@hatch') return hatched;
    return value;
  };
  const { view: _view, tereze: _numbers, ...rest } = option;
  return walk(rest, '');
}

// pale is a hex colour at about half its strength.
const pale = (hex) => (/^#[0-9a-f]{6}$/i.test(hex) ? `${hex}88` : hex);

// tip is what a mark says when it is pointed at.
export function tip(p, numbers, view) {
  const d = p.data;
  const n = d && numbers[d.k];
  if (!n) return p.name || '';
  const map = view.kind === 'map';
  const lines = [map ? d.tip : d.name];
  if (p.seriesName && view.kind !== 'map' && view.kind !== 'dots') lines.unshift(p.seriesName);
  lines.push(`${n.shown}${view.unit && n.raw ? ` ${view.unit}` : ''}`);
  if (d.tip && !map) lines.push(d.tip);
  if (view.example) lines.push(view.example);
  return lines.filter(Boolean).join('\n');
}
