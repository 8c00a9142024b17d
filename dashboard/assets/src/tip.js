// The words of a mark that is pointed at, over a drawing. (The tooltip of
// ECharts would lie under the drawing's own words; enlarged, it is used.)
import { tip } from './names.js';

export function tips(instance, box, raw) {
  const node = document.createElement('p');
  node.className = 'fg-tip';
  node.hidden = true;
  box.append(node);
  const hide = () => {
    node.hidden = true;
  };
  instance.on('mouseover', (p) => {
    if (!p.data || !raw.tereze[p.data.k]) return;
    node.textContent = tip(p, raw.tereze, raw.view);
    node.hidden = false;
    const o = box.getBoundingClientRect();
    const e = p.event.event;
    const x = e.clientX - o.left;
    node.style.left = `${Math.max(0, Math.min(x + 12, o.width - node.offsetWidth))}px`;
    node.style.top = `${Math.max(0, e.clientY - o.top - node.offsetHeight - 10)}px`;
  });
  instance.on('mouseout', hide);
  instance.on('globalout', hide);
}
