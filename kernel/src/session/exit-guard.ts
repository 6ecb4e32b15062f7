/** Keeps a cell from ending the session by accident. */

/** Makes `process.exit()` in cells an error; returns the function that really ends the process. */
export function guardExit(): (code: number) => never {
  const exit = process.exit.bind(process);
  for (const name of ["exit", "abort"] as const) {
    process[name] = () => {
      throw new Error(
        `Cannot call process.${name}() in a cell: the session and its variables would be lost; shut the kernel down from the Kernel menu`,
      );
    };
  }
  return exit;
}
