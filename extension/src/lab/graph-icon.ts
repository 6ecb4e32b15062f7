/** The sign of the graph: two operands, a result, and the way back. */
import { LabIcon } from "@jupyterlab/ui-components";

const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g class="jp-icon3" fill="none" stroke="#616161" stroke-width="1.8">
    <circle cx="5" cy="5.5" r="2.6"/>
    <circle cx="5" cy="18.5" r="2.6"/>
    <circle cx="18.5" cy="12" r="2.9"/>
    <path d="M7.5 6.5 15.7 10.6"/>
    <path d="M15.7 13.4 7.5 17.5"/>
  </g>
</svg>`;

/** In JupyterLab's own grey, which follows the theme. */
export const graphIcon: LabIcon = new LabIcon({ name: "gradbook:graph", svgstr: svg });
