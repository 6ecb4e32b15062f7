/** The table of contents of the views: the lecture's ways to write a matrix down. */

export { boxed, type Place } from "./boxed.ts";
export { type ColumnsOptions, columns } from "./columns.ts";
export { entries, entry } from "./entries.ts";
export { differential, generic } from "./generic.ts";
export type { ViewOptions } from "./named.ts";
export { rows } from "./rows.ts";
export { space } from "./space.ts";
export { update } from "./update.ts";
export { View } from "./view.ts";
