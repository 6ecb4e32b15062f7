/** `node:vm`: scripts of the worker's own realm. */

interface Options {
  readonly filename?: string;
}

/** The value that a script has handed over; importScripts itself gives none. */
declare const self: { importScripts(url: string): void; gradbook$script?: unknown };

const DECLARATION = /^\s*(?:let|const|class)\s/;

// By another name it runs in the global scope, as a script does. To run cells is what a kernel is for.
// biome-ignore lint/security/noGlobalEval: the code of cells
const evaluate: (code: string) => unknown = globalThis.eval;

/**
 * Runs a script. Only one that is loaded can declare variables that all later ones see: so that is how those run that
 * begin with a declaration, and end with an expression in parentheses.
 */
export function runInThisContext(code: string, { filename }: Options = {}): unknown {
  if (!DECLARATION.test(code)) return evaluate(code + sourceMark(filename));
  const at = code.lastIndexOf("; (") + 1;
  const script = `${code.slice(0, at)} self.gradbook$script = ${code.slice(at)}`;
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  try {
    self.importScripts(url);
  } finally {
    URL.revokeObjectURL(url);
  }
  const result = self.gradbook$script;
  delete self.gradbook$script;
  return result;
}

/** A function with these parameters. */
export function compileFunction(
  code: string,
  parameters: readonly string[] = [],
  { filename }: Options = {},
): unknown {
  return evaluate(`(function (${parameters.join(", ")}) {${code}\n})${sourceMark(filename)}`);
}

/** By this a place in the code is named. */
function sourceMark(filename: string | undefined): string {
  return filename === undefined ? "" : `\n//# sourceURL=${filename}`;
}

export default { runInThisContext, compileFunction };
