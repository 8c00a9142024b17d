// Draws ECharts over the drawing of a figure, and enlarged in a dialog.
// site.js loads this file when a figure comes near, and never before.
import { init } from './echarts.js';
import { formatters, resolve } from './names.js';
import { alone, height, over } from './layout.js';
import { tips } from './tip.js';

const locales = { kk: 'KK', ru: 'RU', en: 'EN' };
const dark = matchMedia('(prefers-color-scheme: dark)');

function read(figure) {
  const source = figure.querySelector('script.chart-option');
  return source && JSON.parse(source.textContent);
}

// chart keeps one chart in one box; it is drawn anew when the box or the
// colours change. The function it returns ends it.
function chart(figure, node, big) {
  const raw = read(figure);
  const { view } = raw;
  const instance = init(node, null, { renderer: 'svg', locale: locales[view.lang] || 'EN' });
  const draw = () => {
    const css = getComputedStyle(figure);
    const tools = { colour: (name) => css.getPropertyValue(`--${name}`).trim(), shown: (k) => raw.tereze[k].shown, width: node.clientWidth, height: node.clientHeight, ...formatters(raw.view) };
    const option = resolve(raw, figure);
    option.textStyle = { fontFamily: css.fontFamily };
    if (big) alone(option, view, tools);
    else over(option, view, { ...tools, ...measure(figure, node) });
    instance.setOption(option, { notMerge: true });
  };
  const resize = () => {
    if (big) node.style.height = `${height(view, node.clientWidth, node.parentElement.clientHeight)}px`;
    else fit(figure, node, view);
    if (!node.clientWidth || !node.clientHeight) return;
    instance.resize();
    draw();
  };
  resize();
  let frame = 0;
  const watch = new ResizeObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(resize);
  });
  watch.observe(big ? node.parentElement : figure.querySelector('.fg-draw'));
  dark.addEventListener('change', draw);
  return {
    instance,
    stop() {
      watch.disconnect();
      dark.removeEventListener('change', draw);
      instance.dispose();
    },
  };
}

// fit gives the chart the size of the drawing; of a map only that of its
// shapes, since the legend beneath stays.
function fit(figure, node, view) {
  const { width, height: h } = figure.querySelector('.fg-draw > .fg, .fg-draw > .fg-flow').getBoundingClientRect();
  node.style.width = `${width}px`;
  node.style.height = `${view.kind === 'map' ? (width * view.box[1]) / view.box[0] : h}px`;
}

// measure reads off the drawing where its plot, its dots and its small
// drawings are.
function measure(figure, node) {
  const svg = figure.querySelector('.fg-draw > .fg, .fg-draw > .fg-flow');
  const css = getComputedStyle(svg);
  const o = node.getBoundingClientRect();
  return {
    left: parseFloat(css.paddingLeft),
    right: parseFloat(css.paddingRight),
    dots: new Map(Array.from(svg.querySelectorAll('.fg-dot[data-k]'), (e) => {
      const r = e.getBoundingClientRect();
      return [Number(e.dataset.k), r.top + r.height / 2 - o.top];
    })),
    cells: Array.from(svg.querySelectorAll('.fg-cell'), (e) => {
      const r = e.getBoundingClientRect();
      return { left: r.left - o.left, top: r.top - o.top, width: r.width, height: r.height };
    }),
  };
}

const text = (figure, selector) => {
  const e = figure.querySelector(selector);
  return e ? e.textContent : '';
};

// draw puts the chart in the place of the marks. The drawing speaks for
// itself until the chart stands.
function draw(figure) {
  if (figure.dataset.drawn || !read(figure)) return;
  figure.dataset.drawn = 'true';
  const box = figure.querySelector('.fg-draw');
  const node = document.createElement('div');
  node.className = 'fg-chart';
  box.append(node);
  const { instance } = chart(figure, node, false);
  node.setAttribute('role', 'img');
  node.setAttribute('aria-label', [text(figure, '.fg > title'), text(figure, '.fg > desc')].filter(Boolean).join('. '));
  for (const svg of box.querySelectorAll('.fg')) svg.setAttribute('aria-hidden', 'true');
  box.classList.add('fg-drawn');
  follow(instance);
  tips(instance, box, read(figure));
}

// A click on a mark leads to its page.
function follow(instance) {
  instance.on('click', (p) => {
    if (p.data && p.data.href) location.href = p.data.href;
  });
}

function enlarge(figure, button) {
  const make = (tag, className) => Object.assign(document.createElement(tag), { className });
  const dialog = make('dialog', 'fg-dialog');
  const head = make('header', '');
  const title = Object.assign(make('p', ''), { id: `${figure.id}-big`, textContent: text(figure, '.fg-finding') });
  const close = Object.assign(make('button', ''), { type: 'button', textContent: button.dataset.close || '×' });
  const scroll = Object.assign(make('div', 'fg-scrollbox'), { tabIndex: 0 });
  const node = make('div', 'fg-big');
  dialog.setAttribute('aria-labelledby', title.id);
  node.setAttribute('role', 'img');
  node.setAttribute('aria-label', [text(figure, '.fg > title'), text(figure, '.fg > desc')].filter(Boolean).join('. '));
  head.append(title, close);
  scroll.append(node);
  dialog.append(head, scroll);
  figure.append(dialog);
  close.addEventListener('click', () => dialog.close());
  dialog.showModal();
  const { instance, stop } = chart(figure, node, true);
  follow(instance);
  dialog.addEventListener('close', () => {
    stop();
    dialog.remove();
    button.focus();
  });
}

window.terezeCharts = { draw, enlarge };
