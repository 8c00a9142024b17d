// The parts of ECharts that our charts use, and no others.
import * as core from 'echarts/core';
import { BarChart, LineChart, MapChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, GridComponent, MarkAreaComponent, MarkLineComponent, TitleComponent, TooltipComponent } from 'echarts/components';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import ru from 'echarts/lib/i18n/langRU.js';
import kk from './kk.js';

core.use([BarChart, LineChart, MapChart, ScatterChart, AriaComponent, GridComponent, MarkAreaComponent, MarkLineComponent, TitleComponent, TooltipComponent, LabelLayout, SVGRenderer]);
core.registerLocale('KK', kk);
core.registerLocale('RU', ru);

export const init = core.init;
export const registerMap = core.registerMap;
