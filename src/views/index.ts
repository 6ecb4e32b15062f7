/** The table of contents of the views: the lecture's ways to write a matrix down. */

export { type ColumnsOptions, columns, rows } from "./columns.ts";
export { boxed, differential, entries, entry, generic, type Place, space, update } from "./generic.ts";
export type { ViewOptions } from "./view.ts";
export { View } from "./view.ts";
