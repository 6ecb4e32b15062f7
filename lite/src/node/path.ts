/** `node:path`: in the browser all paths have slashes. */
import path from "path-browserify";

export const {
  basename,
  delimiter,
  dirname,
  extname,
  isAbsolute,
  join,
  normalize,
  posix,
  relative,
  resolve,
  sep,
} = path;
export default path;
