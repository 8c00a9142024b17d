// Places a chart: over its drawing, where it takes the place of the marks
// and the drawing keeps its words, rules and slots; or enlarged, where it
// stands alone with all of them.
import { registerMap } from './echarts.js';

// over lays the chart exactly over the drawing. box is what was measured of
// the drawing: its size, the padding that holds its labels, the centres of
// its dots, the places of its small drawings.
export function over(option, view, box) {
  const lay = { dots: dotsOver, line: lineOver, multiples: multiplesOver, map: mapOver }[view.kind];
  if (lay) lay(option, view, box);
  option.tooltip = hidden; // see tip.js
  for (const s of option.series) {
    if (s.markLine && s.markLine.label) s.markLine.label = hidden;
  }
  beneath(option);
}

// Lines and bands lie under the points.
function beneath(option) {
  for (const s of option.series) {
    if (s.markLine) Object.assign(s.markLine, { z: 1, silent: true });
    if (s.markArea) Object.assign(s.markArea, { z: 0, silent: true });
  }
}

// alone fits the chart into a box of its own.
export function alone(option, view, box) {
  const lay = { dots: dotsAlone, line: lineAlone, multiples: multiplesAlone, map: mapAlone }[view.kind];
  if (lay) lay(option, view, box);
  beneath(option);
  if (!view.example) return;
  const words = { text: view.example, left: 'center', top: 0, textStyle: { fontSize: 14, color: box.colour('muted') } };
  option.title = Array.isArray(option.title) ? [...option.title, words] : { show: true, ...words };
}

// height is what an enlarged chart asks for.
export function height(view, width, room) {
  if (view.kind === 'dots') return Math.max(room, view.rows * (width < 560 ? 40 : 28) + 90);
  if (view.kind === 'multiples') return Math.max(room, Math.ceil(view.names.length / columns(width)) * cellHeight + 30);
  if (view.kind === 'map') return Math.min(Math.max(room, 300), (width * view.box[1]) / view.box[0]);
  return room;
}

const named = (option, name) => option.series.find((s) => s.name === name);
const without = (option, ...names) => option.series.filter((s) => !names.includes(s.name));
const hidden = { show: false };

function dotsOver(option, view, box) {
  option.series = without(option, 'slots');
  const [top, bottom] = view.plot.map((p) => p * box.height);
  option.grid = { left: box.left, right: box.right, top, bottom: box.height - bottom };
  option.xAxis = { ...option.xAxis, axisLabel: hidden };
  option.yAxis = { type: 'value', show: false, min: top, max: bottom, inverse: true };
  const rows = new Map();
  for (const d of named(option, 'values').data) {
    const y = box.dots.get(d.value[1]);
    rows.set(d.value[1], y);
    d.value = [d.value[0], y];
  }
  const lines = named(option, 'intervals').markLine;
  if (lines && lines.data) lines.data = lines.data.map((pair) => pair.map((end) => ({ ...end, coord: [end.coord[0], rows.get(end.coord[1])] })));
}

function dotsAlone(option, view, box) {
  const slim = box.width < 560;
  option.grid = slim ? { left: 8, right: 8, top: 60, bottom: 28 } : { left: 210, right: 80, top: 60, bottom: 28 };
  option.yAxis.forEach((axis, i) => {
    axis.axisLabel = slim
      ? { ...axis.axisLabel, inside: true, margin: 0, align: i ? 'right' : 'left', verticalAlign: 'bottom', width: box.width - 90, padding: [0, 0, 5, 0] }
      : { ...axis.axisLabel, align: i ? 'right' : 'left', margin: i ? 72 : 206, width: 190 };
    axis.z = 5;
  });
}

const isRun = (s) => s.type === 'line' && s.name !== 'events';
const lastOf = (s) => s.data.filter((d) => d.k >= 0 && d.value[1] !== '-').pop();

function lineOver(option, view, box) {
  const [top, bottom] = view.plot;
  option.grid = { left: box.left, right: box.right, top: box.height * top, bottom: box.height * (1 - bottom) };
  option.xAxis = { ...option.xAxis, show: false };
  option.yAxis = { ...option.yAxis, axisLabel: hidden };
}

function lineAlone(option, view, box) {
  const room = Math.min(230, box.width / 3);
  option.grid = { ...option.grid, right: room, top: 84 };
  option.xAxis.axisLabel.customValues = apart(view.ticks, option.xAxis, box.width - room);
  const many = option.series.filter(isRun).length > 1;
  for (const s of option.series) {
    if (isRun(s)) {
      const last = lastOf(s);
      if (last) s.endLabel = { show: true, color: s.lineStyle.color, fontSize: 13, lineHeight: 15, width: room - 12, overflow: 'break', formatter: () => `${box.shown(last.k)}${many ? ` ${s.name}` : ''}` };
      s.labelLayout = { moveOverlap: 'shiftY' };
    } else if (s.name === 'events') {
      // a rule that holds for a time is named in its band, not again at its edge
      const bands = new Set((s.markArea?.data || []).map(([from]) => from.name));
      for (const d of s.markLine?.data || []) if (bands.has(d.name)) d.name = '';
      const words = { show: true, formatter: '{b}', color: box.colour('ink'), fontSize: 12, lineHeight: 15 };
      if (s.markLine) s.markLine.label = { ...words, ...eventWords(s.markLine.data, option.xAxis, box.width - room) };
      if (s.markArea) s.markArea.label = { ...words, position: 'insideTop', width: 160, overflow: 'break' };
    }
  }
}

// apart are the ticks whose words find room beside each other; the last stays.
function apart(ticks, { min, max }, width) {
  let free = Infinity;
  return [...ticks].sort((a, b) => b.x - a.x).filter(({ x, label }) => {
    const px = ((x - min) / (max - min)) * width;
    const half = label.length * 3.5 + 5;
    if (px + half > free) return false;
    free = px - half;
    return true;
  }).map(({ x }) => x);
}

// eventWords says where the words of events stand: above their lines, where
// all find room beside each other, or else along them.
function eventWords(events, { min, max }, width) {
  const wide = 180;
  const px = (d) => ((d.xAxis - min) / (max - min)) * width;
  const named = events.filter((d) => d.name).sort((a, b) => a.xAxis - b.xAxis);
  if (named.every((d, i) => i === 0 || px(d) - px(named[i - 1]) > wide + 10)) {
    for (const d of named) if (px(d) < wide / 2) d.label = { align: 'left' };
    return { position: 'end', width: wide, overflow: 'break', align: 'center' };
  }
  for (const d of named) if (px(d) < width / 30) d.label = { position: 'insideEndBottom' }; // right of a line at the left edge
  return { position: 'insideEndTop' };
}

const cellHeight = 170;
const columns = (width) => Math.max(2, Math.floor(width / 200));

// multiplesBase gives each small chart what all of them share, and its address.
function multiplesBase(option, view) {
  const each = (axis) => view.names.map((_, gridIndex) => ({ ...axis, gridIndex }));
  option.xAxis = each(option.xAxis);
  option.yAxis = each(option.yAxis);
  option.series.filter((s) => s.name).forEach((s, i) => {
    for (const d of s.data) d.href ??= view.hrefs[i];
  });
}

function multiplesOver(option, view, box) {
  multiplesBase(option, view);
  const { cell } = view;
  option.title = hidden;
  option.grid = box.cells.map((c) => {
    const k = c.width / cell.w;
    return { left: c.left + cell.left * k, top: c.top + cell.top * k, width: (cell.right - cell.left) * k, height: (cell.bottom - cell.top) * k };
  });
  option.xAxis = option.xAxis.map((a) => ({ ...a, show: false }));
  option.yAxis = option.yAxis.map((a) => ({ ...a, show: false }));
}

function multiplesAlone(option, view, box) {
  multiplesBase(option, view);
  const c = columns(box.width);
  const w = box.width / c;
  option.title = [];
  option.grid = view.names.map((name, i) => {
    const left = (i % c) * w + 6;
    const top = Math.floor(i / c) * cellHeight + 26;
    option.title.push({ text: name, left: left - 5, top, padding: 5, textStyle: { fontSize: 13, lineHeight: 15, fontWeight: 'normal', color: box.colour('ink'), width: w - 24, overflow: 'break' } });
    return { left: left + 26, top: top + 44, width: w - 92, height: cellHeight - 78 };
  });
  const words = { show: true, color: box.colour('muted'), fontSize: 11 };
  for (const a of option.yAxis) a.axisLabel = { ...words, formatter: box.number };
  for (const a of option.xAxis) a.axisLabel = { ...words, formatter: box.time, customValues: [view.ticks[0].x, view.ticks[view.ticks.length - 1].x] };
  for (const s of option.series) {
    const last = s.name && lastOf(s);
    if (last) s.endLabel = { show: true, color: box.colour('ink'), fontSize: 13, formatter: () => box.shown(last.k) };
  }
}

let maps = 0;

// The shapes come in the units of the drawing; y grows downwards there and
// upwards on a map.
function mapBase(option, view, box, big) {
  const [w, h] = view.box;
  maps += 1;
  const name = `shapes${maps}`;
  registerMap(name, { type: 'FeatureCollection', features: view.shapes.map(feature) });
  const s = option.series[0];
  Object.assign(s, {
    map: name, left: 0, top: 0, right: 0, bottom: 0, aspectScale: 1, selectedMode: false,
    boundingCoords: [[0, 0], [w, -h]],
    label: { show: big, color: box.colour('ink'), fontSize: 12.5, lineHeight: 15, formatter: (p) => (p.data ? p.data.text : '') },
    emphasis: { label: { show: big } },
  });
  for (const d of s.data) {
    const st = { areaColor: d.itemStyle.areaColor, borderWidth: 3, borderColor: box.colour('ink') };
    d.emphasis = { itemStyle: st, label: d.label };
  }
}

const mapOver = (option, view, box) => mapBase(option, view, box, false);

function mapAlone(option, view, box) {
  mapBase(option, view, box, true);
  const [w, h] = view.box;
  const k = Math.min(box.width / w, box.height / h);
  const s = option.series[0];
  delete s.right;
  delete s.bottom;
  Object.assign(s, { width: w * k, height: h * k, left: (box.width - w * k) / 2, top: (box.height - h * k) / 2 });
  for (const d of s.data) {
    const shape = view.shapes[Number(d.name)];
    d.text = shape.r && shape.r * k < 24 ? '' : `${view.names[Number(d.name)].replace(/ /g, '\n')}\n${box.shown(d.k)}`;
  }
}

function feature(s) {
  const rings = s.path ? pathRings(s.path) : [circle(s)];
  return { type: 'Feature', properties: { name: s.name }, geometry: { type: 'MultiPolygon', coordinates: rings.map((r) => [r]) } };
}

function circle({ x, y, r }) {
  const n = 72;
  return Array.from({ length: n + 1 }, (_, i) => {
    const a = (2 * Math.PI * i) / n;
    return [x + r * Math.cos(a), -(y + r * Math.sin(a))];
  });
}

function pathRings(path) {
  return path.split('Z').filter(Boolean).map((ring) => {
    const points = ring.slice(1).split('L').map((p) => p.split(' ').map(Number)).map(([x, y]) => [x, -y]);
    points.push(points[0]);
    return points;
  });
}
