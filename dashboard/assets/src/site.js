// What a page does beyond being read: it brings charts when a figure comes
// near, enlarges them, and lets a label be clicked where it names a page.
// Without this script the page is complete.

const here = document.currentScript.src;
const figures = [...document.querySelectorAll('.fg-figure')].filter((f) => f.querySelector('script.chart-option'));
let loading = null;

function charts() {
  loading ||= new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = new URL('charts.js', here).href;
    script.onload = () => done(window.terezeCharts);
    script.onerror = failed;
    document.head.append(script);
  });
  return loading;
}

// The drawing stays if the script cannot be had or fails.
const keep = (error) => console.warn('chart', error);

for (const figure of figures) {
  const button = figure.querySelector('.fg-enlarge');
  if (!button || !window.HTMLDialogElement) continue;
  button.hidden = false;
  button.addEventListener('click', () => charts().then((c) => c.enlarge(figure, button)).catch(keep));
}

// Who saves data gets the chart only when asking for it.
const saves = navigator.connection?.saveData || matchMedia('(prefers-reduced-data: reduce)').matches;
if (figures.length && !saves && 'IntersectionObserver' in window) {
  const near = new IntersectionObserver((entries) => {
    for (const e of entries) {
      if (!e.isIntersecting) continue;
      near.unobserve(e.target);
      charts().then((c) => c.draw(e.target)).catch(keep);
    }
  }, { rootMargin: '200px' });
  for (const f of figures) near.observe(f);
}

// The table under a figure as a file: raw values, not the rounded ones; what
// is invented says so in every row.
function csvOf(figure, example) {
  const quote = (s) => (/[",\n\r]/.test(s) ? `"${s.replaceAll('"', '""')}"` : s);
  const text = (cell) => cell.querySelector('data.v')?.value ?? cell.textContent.trim().replace(/\s+/g, ' ');
  const rows = [...figure.querySelectorAll('.fg-table tr')].map((tr) => [...tr.cells].flatMap((c) => [text(c), ...Array(c.colSpan - 1).fill('')]));
  if (example) rows.forEach((r) => r.push(example));
  return rows.map((r) => r.map(quote).join(',')).join('\r\n') + '\r\n';
}

for (const button of document.querySelectorAll('.fg-csv')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const figure = button.closest('.fg-figure');
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['\ufeff', csvOf(figure, button.dataset.example)], { type: 'text/csv' }));
    link.download = `${button.dataset.example ? 'example-' : ''}${location.pathname.split('/').filter(Boolean).slice(-1)[0] || 'tereze'}-${document.documentElement.lang}-${figure.id}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
}

document.addEventListener('click', (e) => {
  const mark = e.target instanceof Element && e.target.closest('[data-h]');
  if (mark) location.href = mark.getAttribute('data-h');
});
