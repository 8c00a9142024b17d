// The free comparison: any districts × indicators × period × territory, from
// the site's own JSON. The choice stands in the address; what is shown can be
// saved as it stands. Without this module the prepared comparisons remain.

const data = JSON.parse(document.getElementById('compare-data').textContent);
const place = document.getElementById('compare-choice');
const { words } = data;
const number = (n, decimals) => n.toLocaleString(data.lang, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).replace('-', '\u2212');
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

// choice ↔ address
function read() {
  const q = new URLSearchParams(location.search);
  const list = (key, all) => (q.get(key) || '').split(',').filter((x) => all.includes(x));
  const indicators = list('indicators', data.indicators.map((i) => i.ID));
  const areas = list('areas', data.areas.map((a) => a.Code));
  return {
    indicators: indicators.length ? indicators : data.indicators.slice(0, 1).map((i) => i.ID),
    areas: areas.length ? areas : data.areas.map((a) => a.Code),
    period: data.order.includes(q.get('period')) ? q.get('period') : '',
    territory: q.get('territory') || 'as_reported',
  };
}

function write(choice) {
  const q = new URLSearchParams({ indicators: choice.indicators.join(','), period: choice.period, territory: choice.territory });
  if (choice.areas.length < data.areas.length) q.set('areas', choice.areas.join(','));
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

function boxes(legend, options, chosen) {
  const set = make('fieldset', {}, make('legend', {}, legend));
  let group;
  for (const o of options) {
    if (o.group && o.group !== group) set.append(make('p', { class: 'small' }, o.group));
    group = o.group;
    const box = make('input', { type: 'checkbox', value: o.value });
    box.checked = chosen.includes(o.value);
    set.append(make('label', {}, box, ' ', o.label));
  }
  const all = make('button', { type: 'button' }, words.all);
  const none = make('button', { type: 'button' }, words.none_of);
  for (const [button, to] of [[all, true], [none, false]]) {
    button.addEventListener('click', () => {
      for (const b of set.querySelectorAll('input')) b.checked = to;
      set.dispatchEvent(new Event('change', { bubbles: true }));
    });
  }
  set.append(make('p', { class: 'buttons' }, all, ' ', none));
  return set;
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
// reports before stated, as the pages choose.
function best(rows, area, period, territory) {
  const rank = (r) => (r.value === null ? 0 : 2) + (String(r.source).startsWith('computed:') ? 1 : 0);
  return rows.filter((r) => r.area === area.Code && r.area_valid_from === area.From && r.period === period && !r.base_period && (r.territory || 'as_reported') === territory)
    .reduce((a, b) => (!a || rank(b) > rank(a) ? b : a), undefined);
}

function sign(row) {
  if (!row) return words.sign_missing;
  return { Q: words.sign_protected, M: words.sign_not_applicable }[row.obs_status] || words.sign_missing;
}

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

const isRegion = (area) => area.Code === data.areas[0].Code; // it holds the others

function fifths(cells) {
  const known = cells.filter((c) => c.row?.value != null && !isRegion(c.area)).map((c) => c.row.value);
  return (v) => `q${1 + Math.min(4, Math.floor((5 * known.filter((x) => x < v).length) / known.length))}`;
}

const quote = (s) => (/[",\n\r]/.test(s) ? `"${String(s).replaceAll('"', '""')}"` : String(s));

function save(columns) {
  const fields = ['value', 'lower', 'upper', 'obs_status', 'conf_status', 'nature', 'source'];
  const lines = [['indicator', 'indicator_name', 'unit', 'area', 'area_valid_from', 'area_name', 'period', 'territory', ...fields, ...(data.example ? ['note'] : [])]];
  for (const c of columns) {
    for (const x of c.cells) {
      lines.push([c.indicator.ID, c.indicator.Name, c.indicator.Unit, x.area.Code, x.area.From, x.area.Name, c.period, c.territory,
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
  for (const c of columns) head.append(make('th', { scope: 'col', class: 'num' }, c.indicator.Name, make('span', { class: 'note' }, `${c.indicator.Unit}; ${data.periods[c.period] || '\u2026'}`)));
  const body = make('tbody');
  areas.forEach((a, i) => {
    const tr = make('tr', {}, make('th', { scope: 'row' }, a.Name));
    for (const c of columns) {
      const { row } = c.cells[i];
      const known = row?.value != null;
      const shade = known && c.indicator.Shaded && !isRegion(a) && c.cells.length > 4 ? ` ${c.fifth(row.value)}` : '';
      const td = make('td', { class: `num${shade}` }, known ? number(row.value, c.indicator.Decimals) : sign(row));
      if (known && row.lower != null && row.upper != null) td.append(make('span', { class: 'note' }, `${number(row.lower, c.indicator.Decimals)}–${number(row.upper, c.indicator.Decimals)}`));
      if (known && row.obs_status === 'B') td.append(' ', words.sign_break);
      if (known && row.obs_status === 'E') td.append(' ', words.sign_estimated);
      tr.append(td);
    }
    body.append(tr);
  });
  t.append(make('thead', {}, head), body);
  return make('div', { class: 'scroll', role: 'region', tabindex: '0', 'aria-label': caption }, t);
}

const form = make('form', { class: 'choice' });
const result = make('div', { 'aria-live': 'polite' });
place.append(form, result);

async function show(choice) {
  result.textContent = words.loading;
  const areas = data.areas.filter((a) => choice.areas.includes(a.Code));
  try {
    const columns = await Promise.all(choice.indicators.map(async (id) => {
      const rows = await values(id);
      const indicator = data.indicators.find((i) => i.ID === id);
      const period = choice.period || newest(rows, areas, choice.territory);
      const cells = areas.map((area) => ({ area, row: best(rows, area, period, choice.territory) }));
      return { indicator, period, cells, territory: choice.territory, fifth: fifths(cells) };
    }));
    if (!areas.length || !columns.length) {
      result.textContent = words.nothing;
      return;
    }
    const button = make('button', { type: 'button' }, words.save);
    button.addEventListener('click', () => save(columns));
    result.replaceChildren(table(columns, areas), make('p', { class: 'more' }, button));
  } catch (error) {
    result.textContent = words.failed;
    console.warn('compare', error);
  }
}

// The borders that values are on: as reported, and every day to which any
// chosen indicator was restated.
async function territories(choice) {
  const days = new Set(['as_reported', choice.territory]);
  for (const rows of await Promise.all(choice.indicators.map((id) => values(id).catch(() => [])))) {
    for (const r of rows) if (r.territory) days.add(r.territory);
  }
  return [...days].sort().reverse().map((d) => [d, d === 'as_reported' ? words.as_reported : d]);
}

async function build() {
  const choice = read();
  const indicators = boxes(words.indicators, data.indicators.map((i) => ({ value: i.ID, label: i.Name, group: i.Subject })), choice.indicators);
  const areas = boxes(words.areas, data.areas.map((a) => ({ value: a.Code, label: a.Name })), choice.areas);
  const [periodLabel, period] = select(words.period, [['', words.newest], ...data.order.map((p) => [p, data.periods[p]])], choice.period);
  const [territoryLabel, territory] = select(words.territory, await territories(choice), choice.territory);
  form.append(indicators, areas, make('p', {}, periodLabel, ' ', territoryLabel));
  form.addEventListener('change', () => {
    const now = { indicators: ticked(indicators), areas: ticked(areas), period: period.value, territory: territory.value };
    write(now);
    show(now);
  });
  form.addEventListener('submit', (e) => e.preventDefault());
  show(choice);
}

build();
