/** The line on which a function of the plane has a given value. */

import type { Grid } from "./sampling.ts";

/** A straight piece of the line, in columns and rows of the grid's centres. */
export type Segment = readonly [from: readonly [number, number], to: readonly [number, number]];

/**
 * The pieces of the level line, by marching squares: each square between four centres is cut where its sides pass the
 * level, with linear interpolation. Of a saddle's two ways to join four cuts, the first is taken.
 */
export function contour({ columns, rows, values }: Grid, level: number): Segment[] {
  const at = (column: number, row: number): number => values[row * columns + column] - level;
  const segments: Segment[] = [];
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const corners = [
        [column, row],
        [column + 1, row],
        [column + 1, row + 1],
        [column, row + 1],
      ] as const;
      const cuts = corners.flatMap((a, side) => {
        const b = corners[(side + 1) % 4];
        const [va, vb] = [at(a[0], a[1]), at(b[0], b[1])];
        if (va < 0 === vb < 0) return [];
        const t = va / (va - vb);
        return [[a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])] as const];
      });
      for (let k = 0; k + 1 < cuts.length; k += 2) segments.push([cuts[k], cuts[k + 1]]);
    }
  }
  return segments;
}
