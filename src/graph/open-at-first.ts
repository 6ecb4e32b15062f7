/** Which groups are open when a graph is first seen. */

import type { GraphJson } from "./graph-json.ts";

/** Opens groups from the outermost on, as long as no more than `most` tensors and groups are seen. */
export function openAtFirst({ nodes, groups }: GraphJson, most = 24): Set<number> {
  const inside = groups.map(() => 0);
  let seen = 0;
  for (const { group } of nodes) {
    if (group === undefined) seen += 1;
    else inside[group] += 1;
  }
  for (const { parent } of groups) {
    if (parent === undefined) seen += 1;
    else inside[parent] += 1;
  }
  const open = new Set<number>();
  for (const [k, { parent }] of groups.entries()) {
    if (parent !== undefined && !open.has(parent)) continue;
    if (seen - 1 + inside[k] > most) continue;
    seen += inside[k] - 1;
    open.add(k);
  }
  return open;
}
