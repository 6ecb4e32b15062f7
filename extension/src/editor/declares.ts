/** Whether a piece of code declares a name: a guess by its text, for code that no compiler has read. */

/** True for `const name`, `const { name }`, `function name`, `import { name }` and the like. */
export function declares(code: string, name: string): boolean {
  const escaped = name.replaceAll("$", "\\$");
  const declaration = `\\b(?:const|let|var|function|class|enum|namespace|import|type|interface)\\b[^;=()]*`;
  return new RegExp(`${declaration}(?<![\\w$])${escaped}(?![\\w$])`).test(code);
}
