// The free comparison: any districts × indicators × period × territory, from
// the site's own JSON. The choice stands in the address; what is shown can be
// saved as it stands. Without this module the prepared comparisons remain.

const data = JSON.parse(document.getElementById('compare-data').textContent);
const place = document.getElementById('compare-choice');
const { words } = data;
// Numbers as the pages write them: browsers know some languages by name only.
const number = (n, decimals) => {
  const [whole, part] = Math.abs(n).toFixed(decimals).split('.');
  const sign = n < 0 && Number(n.toFixed(decimals)) !== 0 ? '\u2212' : '';
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, data.group) + (part ? data.point + part : '');
};
// What is known as "more than" is never rounded up, nor "less than" down.
const qualified = (n, decimals, qualifier) => {
  const near = Number(n.toFixed(decimals));
  const step = 10 ** -decimals;
  if (qualifier === 'more_than' && near > n) return near - step;
  if ((qualifier === 'less_than' || qualifier === 'almost') && near < n) return near + step;
  return n;
};
const isNil = (row) => row.qualifier === 'nil' && row.value === 0;
const shown = (row, decimals) => (isNil(row) ? words.sign_nil : number(qualified(row.value, decimals, row.qualifier), decimals));
// The word that belongs to a number: it is about so much, or more.
const wordOf = (row) => (row.qualifier && row.qualifier !== 'nil' ? words[`qualifier_${row.qualifier}`] : undefined);
const loaded = new Map();

// Values of an indicator, as a list of objects.
function values(id) {
  if (!loaded.has(id)) {
    loaded.set(id, fetch(`${data.root}api/v1/values/${id}.json`).then((r) => {
      if (!r.ok) throw new Error(`${id}: ${r.status}`);
      return r.json();
    }).then((file) => file.rows.map((row) => Object.fromEntries(file.columns.map((c, i) => [c, row[i]])))));
  }
  return loaded.get(id);
}

const bordersOf = (day) => data.territories.find((t) => t.Day === day) || data.territories[0];

// choice ↔ address. Areas are left out of the address where all are chosen.
function read() {
  const q = new URLSearchParams(location.search);
  const list = (key, all) => all.filter((x) => (q.get(key) || '').split(',').includes(x));
  const territory = bordersOf(q.get('territory'));
  const codes = territory.Areas.map((a) => a.Code);
  const indicators = list('indicators', data.indicators.map((i) => i.ID));
  const areas = list('areas', codes);
  return {
    indicators: indicators.length ? indicators : data.indicators.slice(0, 1).map((i) => i.ID),
    areas: areas.length ? areas : codes,
    period: data.order.includes(q.get('period')) ? q.get('period') : '',
    territory: territory.Day,
  };
}

function write(choice) {
  const q = new URLSearchParams({ indicators: choice.indicators.join(','), period: choice.period, territory: choice.territory });
  if (choice.areas.length < bordersOf(choice.territory).Areas.length) q.set('areas', choice.areas.join(','));
  history.replaceState(null, '', `?${q}`);
}

function make(name, attributes, ...children) {
  const e = document.createElement(name);
  for (const [k, v] of Object.entries(attributes || {})) {
    if (v !== undefined && v !== false) e.setAttribute(k, v === true ? '' : v);
  }
  e.append(...children.filter((c) => c !== undefined));
  return e;
}

// Boxes to tick, folded away under a line that counts them.
function boxes(name, options, chosen, open) {
  const set = make('fieldset', {}, make('legend', { class: 'hidden' }, name));
  let group;
  for (const o of options) {
    if (o.group && o.group !== group) set.append(make('p', { class: 'small' }, o.group));
    group = o.group;
    const box = make('input', { type: 'checkbox', value: o.value });
    box.checked = chosen.includes(o.value);
    set.append(make('label', {}, box, make('span', {}, o.label)));
  }
  const summary = make('summary', {});
  const count = () => {
    summary.textContent = words.chosen.replace('{name}', name).replace('{count}', ticked(set).length).replace('{all}', options.length);
  };
  const all = make('button', { type: 'button' }, words.all);
  const none = make('button', { type: 'button' }, words.none_of);
  for (const [button, to] of [[all, true], [none, false]]) {
    button.addEventListener('click', () => {
      for (const b of set.querySelectorAll('input')) b.checked = to;
      set.dispatchEvent(new Event('change', { bubbles: true }));
    });
  }
  set.append(make('p', { class: 'buttons' }, all, ' ', none));
  set.addEventListener('change', count);
  count();
  return make('details', { open }, summary, set);
}

const ticked = (set) => [...set.querySelectorAll('input:checked')].map((b) => b.value);

function select(label, options, chosen) {
  const s = make('select', {}, ...options.map(([value, text]) => {
    const o = make('option', { value }, text);
    o.selected = value === chosen;
    return o;
  }));
  return [make('label', {}, label, ' ', s), s];
}

// One row for an area in a period: with a number before without, computed from
// reports before stated, as the pages choose. On other borders a number that
// was moved stands for the reported one; where none was, the area is the same.
function best(rows, area, period, territory) {
  const rank = (r) => (r.value === null ? 0 : 2) + (String(r.source).startsWith('computed:') ? 1 : 0);
  const pick = (on) => rows.filter((r) => r.area === area.Code && r.area_valid_from === area.From && r.period === period && !r.base_period && (r.territory || 'as_reported') === on)
    .reduce((a, b) => (!a || rank(b) > rank(a) ? b : a), undefined);
  return (territory !== 'as_reported' && pick(territory)) || pick('as_reported');
}

function sign(row) {
  if (!row) return words.sign_missing;
  return { Q: words.sign_protected, M: words.sign_not_applicable }[row.obs_status] || words.sign_missing;
}

// A number that other borders leave open has two ends and no middle.
const between = (row, decimals) => (row?.lower != null && row?.upper != null ? `${number(row.lower, decimals)}–${number(row.upper, decimals)}` : '');

// What runs from the start of the year has names of its own for its periods.
const nameOf = (c) => c.indicator.Periods?.[c.period] || data.periods[c.period] || '';

// The newest period in which most of the chosen areas have a number.
function newest(rows, areas, territory) {
  let found = '';
  let most = 0;
  for (const p of data.order) {
    const n = areas.filter((a) => best(rows, a, p, territory)?.value != null).length;
    if (n > 0 && n >= most / 2) found = p;
    most = Math.max(most, n);
  }
  return found;
}

const isRegion = (area) => data.territories.some((t) => t.Areas[0].Code === area.Code); // it holds the others

function fifths(cells) {
  const known = cells.filter((c) => c.row?.value != null && !isRegion(c.area)).map((c) => c.row.value);
  return (v) => `q${1 + Math.min(4, Math.floor((5 * known.filter((x) => x < v).length) / known.length))}`;
}

const quote = (s) => (/[",\n\r]/.test(s) ? `"${String(s).replaceAll('"', '""')}"` : String(s));

function save(columns) {
  const fields = ['value', 'qualifier', 'lower', 'upper', 'obs_status', 'conf_status', 'nature', 'source'];
  const lines = [['indicator', 'indicator_name', 'unit', 'area', 'area_valid_from', 'area_name', 'period', 'territory', ...fields, ...(data.example ? ['note'] : [])]];
  for (const c of columns) {
    for (const x of c.cells) {
      lines.push([c.indicator.ID, c.indicator.Name, c.indicator.Unit, x.area.Code, x.area.From, x.area.Name, c.period, x.row?.territory || 'as_reported',
        ...fields.map((f) => x.row?.[f] ?? ''), ...(data.example ? [data.example] : [])]);
    }
  }
  const link = make('a', { download: data.file });
  link.href = URL.createObjectURL(new Blob(['\ufeff', lines.map((l) => l.map(quote).join(',')).join('\r\n'), '\r\n'], { type: 'text/csv' }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function table(columns, areas) {
  const caption = data.example ? `${words.caption} (${data.example})` : words.caption;
  const t = make('table', { class: 'data heat' }, make('caption', {}, caption));
  const head = make('tr', {}, make('th', { scope: 'col' }, data.area));
  for (const c of columns) head.append(make('th', { scope: 'col', class: 'num' }, c.indicator.Name, make('span', { class: 'note' }, `${c.indicator.Unit}; ${nameOf(c) || '\u2026'}`)));
  const body = make('tbody');
  areas.forEach((a, i) => {
    const tr = make('tr', {}, make('th', { scope: 'row' }, a.Name));
    for (const c of columns) {
      const { row } = c.cells[i];
      const known = row?.value != null;
      const shade = known && c.indicator.Shaded && !isRegion(a) && c.cells.length > 4 ? ` ${c.fifth(row.value)}` : '';
      const td = make('td', { class: `num${shade}` }, known ? shown(row, c.indicator.Decimals) : between(row, c.indicator.Decimals) || sign(row));
      if (known && wordOf(row)) td.append(make('span', { class: 'note' }, wordOf(row)));
      if (known && row.lower != null && row.upper != null) td.append(make('span', { class: 'note' }, `${number(row.lower, c.indicator.Decimals)}–${number(row.upper, c.indicator.Decimals)}`));
      if (known && row.obs_status === 'B') td.append(' ', words.sign_break);
      if (row?.obs_status === 'E' && (known || between(row, 0))) td.append(' ', words.sign_estimated);
      tr.append(td);
    }
    body.append(tr);
  });
  t.append(make('thead', {}, head), body);
  return make('div', { class: 'scroll', role: 'region', tabindex: '0', 'aria-label': caption }, t);
}

// What shades and signs of the table mean.
function legend(columns) {
  const out = [];
  if (columns.some((c) => c.indicator.Shaded && c.cells.length > 4)) {
    const key = make('ul', { class: 'heat-key', 'aria-label': words.legend });
    for (const [i, label] of [words.lowest, '', words.middle, '', words.highest].entries()) {
      key.append(make('li', {}, make('span', { class: `swatch q${i + 1}` }), label));
    }
    out.push(key, make('p', { class: 'small' }, words.shade));
  }
  const used = new Set();
  for (const c of columns) {
    for (const { row } of c.cells) {
      if (row?.value == null && !between(row, 0)) used.add({ Q: 'protected', M: 'not_applicable' }[row?.obs_status] || 'missing');
      else if (row && isNil(row)) used.add('nil');
      else if (row?.obs_status === 'B') used.add('break');
      else if (row?.obs_status === 'E') used.add('estimated');
    }
  }
  if (used.size) out.push(make('ul', { class: 'signs' }, ...[...used].map((k) => make('li', {}, `${words[`sign_${k}`]} – ${words[`means_${k}`]}`))));
  return out;
}

// The spine: for a few districts, each share or rate beside the region's, on a
// scale of its own. The table above holds the same numbers.
const shapes = ['M-5,0a5,5 0 1,0 10,0a5,5 0 1,0 -10,0', 'M-5,-5h10v10h-10z', 'M0,-6L6,5H-6z', 'M0,-7L6,0L0,7L-6,0z'];
const draw = (name, attributes, ...children) => {
  const e = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
  e.append(...children);
  return e;
};

function spine(columns, areas) {
  const chosen = areas.filter((a) => !isRegion(a));
  const rows = columns.filter((c) => c.indicator.Shaded && c.region?.value != null && c.cells.some((x) => !isRegion(x.area) && x.row?.value != null));
  if (!chosen.length || chosen.length > shapes.length || rows.length < 2) return undefined;
  const [width, step, top] = [360, 54, 8];
  const caption = data.example ? `${words.spine} (${data.example})` : words.spine;
  const svg = draw('svg', { class: 'pick-spine', viewBox: `0 0 ${width} ${top + rows.length * step + (data.example ? 18 : 4)}`, role: 'img', 'aria-label': caption });
  rows.forEach((c, i) => {
    const known = c.all.map((r) => r.value).sort((a, b) => a - b);
    const centre = c.region.value;
    const reach = Math.max(...[...known, ...c.cells.map((x) => x.row?.value)].filter((v) => v != null).map((v) => Math.abs(v - centre))) || 1;
    const x = (v) => width / 2 + (((v - centre) * (c.indicator.Better || 1)) / reach) * (width / 2 - 12);
    const y = top + i * step + 36;
    const line = (a, b, kind) => svg.append(draw('line', { x1: x(a), x2: x(b), y1: y, y2: y, class: kind }));
    svg.append(draw('text', { x: 0, y: y - 26 }, c.indicator.Name), draw('text', { x: 0, y: y - 13, class: 'when' }, nameOf(c)));
    line(known[0], known[known.length - 1], 'span');
    line(known[Math.floor((known.length - 1) / 4)], known[Math.ceil((3 * (known.length - 1)) / 4)], 'half');
    svg.append(draw('line', { x1: width / 2, x2: width / 2, y1: y - 9, y2: y + 9, class: 'region' }));
    chosen.forEach((a, n) => {
      const cell = c.cells.find((k) => k.area === a);
      if (cell?.row?.value == null) return;
      svg.append(draw('path', { d: shapes[n], transform: `translate(${x(cell.row.value)} ${y})`, class: `m${n}` },
        draw('title', {}, `${a.Name}: ${[wordOf(cell.row), shown(cell.row, c.indicator.Decimals), c.indicator.Unit].filter(Boolean).join(' ')}`)));
    });
  });
  if (data.example) svg.append(draw('text', { x: width, y: top + rows.length * step + 12, 'text-anchor': 'end', class: 'when' }, data.example));
  const region = bordersOf(read().territory).Areas[0].Name;
  const key = make('ul', { class: 'heat-key' }, make('li', {}, '│ ', region), ...chosen.map((a, n) => make('li', {}, draw('svg', { class: 'pick-spine key', viewBox: '-8 -8 16 16', 'aria-hidden': 'true' }, draw('path', { d: shapes[n], class: `m${n}` })), a.Name)));
  return make('figure', {}, make('figcaption', {}, make('strong', {}, caption)), svg, key, make('p', { class: 'small' }, words.spine_note));
}

const form = make('form', { class: 'choice' });
const result = make('div', { 'aria-live': 'polite' });
place.append(form, result);

async function show(choice) {
  result.textContent = words.loading;
  const borders = bordersOf(choice.territory).Areas;
  const areas = borders.filter((a) => choice.areas.includes(a.Code));
  try {
    const columns = await Promise.all(choice.indicators.map(async (id) => {
      const rows = await values(id);
      const indicator = data.indicators.find((i) => i.ID === id);
      const period = choice.period || newest(rows, areas, choice.territory);
      const of = (area) => best(rows, area, period, choice.territory);
      const cells = areas.map((area) => ({ area, row: of(area) }));
      return { indicator, period, cells, fifth: fifths(cells), region: of(borders[0]), all: borders.slice(1).map(of).filter((r) => r?.value != null) };
    }));
    if (!areas.length || !columns.length) {
      result.textContent = words.nothing;
      return;
    }
    const button = make('button', { type: 'button' }, words.save);
    button.addEventListener('click', () => save(columns));
    result.replaceChildren(...[table(columns, areas), ...legend(columns), make('p', { class: 'more' }, button), spine(columns, areas)].filter(Boolean));
  } catch (error) {
    result.textContent = words.failed;
    console.warn('compare', error);
  }
}

function build() {
  const choice = read();
  const wide = matchMedia('(min-width: 48rem)').matches; // on a phone the table comes first
  const indicators = boxes(words.indicators, data.indicators.map((i) => ({ value: i.ID, label: i.Name, group: i.Subject })), choice.indicators, wide);
  const places = (day, chosen, open) => boxes(words.areas, bordersOf(day).Areas.map((a) => ({ value: a.Code, label: a.Name })), chosen, open);
  let areas = places(choice.territory, choice.areas, wide);
  const [periodLabel, period] = select(words.period, [['', words.newest], ...data.order.map((p) => [p, data.periods[p]])], choice.period);
  const [territoryLabel, territory] = select(words.territory, data.territories.map((t) => [t.Day, t.Name]), choice.territory);
  form.append(make('p', {}, periodLabel, ' ', territoryLabel), indicators, areas);
  let day = choice.territory;
  form.addEventListener('change', () => {
    if (territory.value !== day) { // other borders, other areas: what was chosen stays where it is still there
      const before = ticked(areas);
      const codes = bordersOf(territory.value).Areas.map((a) => a.Code);
      const kept = before.length === bordersOf(day).Areas.length ? codes : codes.filter((c) => before.includes(c));
      const next = places(territory.value, kept.length ? kept : codes, areas.open);
      areas.replaceWith(next);
      [areas, day] = [next, territory.value];
    }
    const now = { indicators: ticked(indicators), areas: ticked(areas), period: period.value, territory: day };
    write(now);
    show(now);
  });
  form.addEventListener('submit', (e) => e.preventDefault());
  show(choice);
}

build();
