/** The table of contents of the views: the lecture's ways to write a matrix down. */

export { type ColumnsOptions, columns, rows } from "./columns.ts";
export { boxed, differential, entries, entry, generic, type Place } from "./generic.ts";
export { space, update } from "./update.ts";
export type { ViewOptions } from "./view.ts";
export { View } from "./view.ts";
