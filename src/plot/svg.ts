/** A scene as SVG: one string, with a background of its own, that needs no style sheet and no script. */

import { escaped } from "../typeset/xml.ts";
import { tickLabel, ticks } from "./interval.ts";
import { BANDS, marksOf } from "./marks.ts";
import { BACKGROUND, classColour, FAINT, heatColour, INK, MUTED } from "./palette.ts";
import { type Plane, planeOf, short } from "./plane.ts";
import type { Scene } from "./scene.ts";

const WIDTH = 480;
const MARGIN = { left: 52, right: 16, top: 34, bottom: 26 };
const X_LABEL_HEIGHT = 16;

/** Draws a scene. */
export function svgOf(scene: Scene): string {
  const width = WIDTH - MARGIN.left - MARGIN.right;
  const height = Math.round(width * scene.aspect);
  const plane = planeOf({ left: MARGIN.left, top: MARGIN.top, width, height }, scene.x, scene.y);
  const total = MARGIN.top + height + MARGIN.bottom + (scene.xLabel === "" ? 0 : X_LABEL_HEIGHT);
  const parts = [
    `<title>${escaped(scene.title || "Plot")}</title>`,
    `<rect width="${WIDTH}" height="${total}" rx="6" fill="${BACKGROUND}"/>`,
    gridLines(scene, plane),
    marksOf(scene, plane),
    ...axes(scene, plane),
    ...legend(scene),
  ];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${total}" viewBox="0 0 ${WIDTH} ${total}" ` +
    `font-family="system-ui, sans-serif" font-size="12" fill="${INK}">${parts.join("")}</svg>`
  );
}

function gridLines(scene: Scene, { left, top, width, height, px, py }: Plane): string {
  const vertical = ticks(scene.x, 8).map((x) => `M${short(px(x))} ${top}v${height}`);
  const horizontal = ticks(scene.y, 5).map((y) => `M${left} ${short(py(y))}h${width}`);
  return `<path stroke="${FAINT}" d="${[...vertical, ...horizontal].join("")}"/>`;
}

function axes(scene: Scene, { left, top, width, height, px, py }: Plane): string[] {
  const bottom = top + height;
  const text = (x: number, y: number, anchor: string, label: string, more = ""): string =>
    `<text x="${short(x)}" y="${short(y)}" text-anchor="${anchor}"${more}>${escaped(label)}</text>`;
  const middle = top + height / 2;
  return [
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="none" stroke="${MUTED}"/>`,
    `<g fill="${MUTED}">`,
    ...ticks(scene.x, 8).map((x) => text(px(x), bottom + 16, "middle", tickLabel(x))),
    ...ticks(scene.y, 5).map((y) => text(left - 6, py(y) + 4, "end", tickLabel(y))),
    "</g>",
    scene.xLabel && text(left + width / 2, bottom + 34, "middle", scene.xLabel),
    scene.yLabel && text(15, middle, "middle", scene.yLabel, ` transform="rotate(-90 15 ${short(middle)})"`),
    scene.title && text(left, 22, "start", scene.title, ' font-weight="600"'),
  ];
}

/** The classes of the points, or the colours of the heat, at the upper right. */
function legend({ points, heat }: Scene): string[] {
  const right = WIDTH - MARGIN.right;
  const labels = [...new Set(points.flatMap(({ label }) => label ?? []))].sort((a, b) => a - b);
  if (labels.length > 1) {
    return labels.flatMap((label, i) => {
      const x = right - 26 * (labels.length - i) + 8;
      return [
        `<circle cx="${x}" cy="18" r="5" fill="${classColour(label)}"/>`,
        `<text x="${x + 8}" y="22">${tickLabel(label)}</text>`,
      ];
    });
  }
  if (heat === null) return [];
  const [low, high] = heat.range.map((value) => tickLabel(Number(value.toPrecision(3))));
  const start = right - 7 * high.length - 6 - 6 * BANDS;
  return [
    `<text x="${start - 6}" y="22" text-anchor="end" fill="${MUTED}">${low}</text>`,
    ...Array.from({ length: BANDS }, (_, band) => {
      const colour = heatColour((band + 0.5) / BANDS);
      return `<rect x="${start + 6 * band}" y="12" width="6" height="11" fill="${colour}"/>`;
    }),
    `<text x="${right}" y="22" text-anchor="end" fill="${MUTED}">${high}</text>`,
  ];
}
