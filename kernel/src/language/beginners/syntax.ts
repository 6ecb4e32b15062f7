/** What people write who come from Python or MATLAB, and what TypeScript cannot read: one row each. */

/** A way out that an editor can take: the text between two offsets is replaced. */
export interface Fix {
  readonly title: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A sentence for a mistake, and ways out of it. */
export interface Advice {
  readonly message: string;
  readonly fixes: readonly Fix[];
}

/** A line that cannot be read: how it looks, what to say, and what to write instead where that is mechanical. */
interface Row {
  readonly line: RegExp;
  readonly say: string | ((found: RegExpExecArray) => string);
  /** The line rewritten; "" takes it away. */
  readonly fix?: (found: RegExpExecArray) => string;
}

/** x, y as x: Tensor, y: Tensor: what is passed to a function here is a tensor most of the time. */
const typed = (parameters: string): string =>
  parameters
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "")
    .map((one) => (/[:=]/.test(one) ? one : `${one}: Tensor`))
    .join(", ");

const declared = (name: string): string => (/^(?:const|let|var)\s/.test(name) ? name : `const ${name}`);

/** The first row that fits the line speaks. */
const ROWS: readonly Row[] = [
  {
    line: /^(\s*)(?:import\s+[\w.]+(?:\s+as\s+\w+)?|from\s+[\w.]+\s+import\b.*)\s*$/,
    say: "Nothing needs to be imported here: tensor, exp, sum and all others are there already",
    fix: () => "",
  },
  {
    line: /^(\s*)(?:async\s+)?def\s+(\w+)\s*\(([^)]*)\)(?:\s*->\s*[\w.[\], ]+)?\s*:\s*(?:return\s+(.+))?$/,
    say: ([, , name]) =>
      `A function is written with braces: function ${name}(X: Tensor) { return … }, or const ${name} = (X: Tensor) => …`,
    fix: ([, indent, name, parameters, result]) => {
      return result === undefined
        ? `${indent}function ${name}(${typed(parameters)}) {`
        : `${indent}const ${name} = (${typed(parameters)}) => ${result}`;
    },
  },
  {
    line: /^(\s*)for\s+(\w+)\s+in\s+range\(\s*(?:([^,()]+)\s*,\s*)?([^,()]+(?:\([^()]*\))?)\s*\)\s*:\s*(.*)$/,
    say: ([, , name, from, to]) =>
      `A loop is written for (let ${name} = ${from ?? 0}; ${name} < ${to.trim()}; ${name}++) { … }`,
    fix: ([, indent, name, from, to, rest]) =>
      `${indent}for (let ${name} = ${from?.trim() ?? 0}; ${name} < ${to.trim()}; ${name}++) {${rest === "" ? "" : ` ${rest} }`}`,
  },
  {
    line: /^(\s*)for\s+(\w+(?:\s*,\s*\w+)*)\s+in\s+(.+?)\s*:\s*(.*)$/,
    say: ([, , names, list]) =>
      `A loop over a list is written for (const ${names.includes(",") ? `[${names}]` : names} of ${list}) { … }`,
    fix: ([, indent, names, list, rest]) =>
      `${indent}for (const ${names.includes(",") ? `[${names}]` : names} of ${list}) {${rest === "" ? "" : ` ${rest} }`}`,
  },
  {
    line: /^(\s*)for\s+(\w+)\s*=\s*([^:;]+):([^:;]+)$/,
    say: ([, , name, from, to]) =>
      `A loop is written for (let ${name} = ${from.trim()}; ${name} <= ${to.trim()}; ${name}++) { … }`,
    fix: ([, indent, name, from, to]) =>
      `${indent}for (let ${name} = ${from.trim()}; ${name} <= ${to.trim()}; ${name}++) {`,
  },
  {
    line: /^(\s*)while\s+([^({].*?)\s*:\s*$/,
    say: ([, , condition]) => `A loop is written while (${condition}) { … }`,
    fix: ([, indent, condition]) => `${indent}while (${condition}) {`,
  },
  {
    line: /^(\s*)elif\s+(.+?)\s*:\s*$/,
    say: ([, , condition]) => `A further condition is written } else if (${condition}) {`,
    fix: ([, indent, condition]) => `${indent}} else if (${condition}) {`,
  },
  {
    line: /^(\s*)if\s+(.+?)\s*:\s*(.*)$/,
    say: ([, , condition]) => `A condition is written if (${condition}) { … }`,
    fix: ([, indent, condition, rest]) => `${indent}if (${condition}) {${rest === "" ? "" : ` ${rest} }`}`,
  },
  {
    line: /^(\s*)else\s*:\s*$/,
    say: "The other case is written } else {",
    fix: ([, indent]) => `${indent}} else {`,
  },
  {
    line: /^(\s*)try\s*:\s*$/,
    say: "What may fail is written try { … } catch (error) { … }",
    fix: ([, indent]) => `${indent}try {`,
  },
  {
    line: /^(\s*)except\b.*:\s*$/,
    say: "What may fail is written try { … } catch (error) { … }",
    fix: ([, indent]) => `${indent}} catch (error) {`,
  },
  {
    line: /^(\s*)with\s+torch\.no_grad\(\)\s*:\s*$/,
    say: "Nothing needs to be switched off: w.assign(…) and x.detach() are never recorded",
    fix: () => "",
  },
  {
    line: /^(\s*)with\s+.+:\s*$/,
    say: "There is no with: what it would open is simply called",
  },
  {
    line: /^(\s*)class\s+(\w+)\s*(?:\(.*\))?\s*:\s*$/,
    say: ([, , name]) =>
      `A class is written class ${name} { … }; for a model a function is enough: MLP([3, 5, 2])`,
  },
  {
    line: /^(\s*)(?:raise)\s+(\w+)\((.*)\)\s*$/,
    say: "An error is thrown: throw new Error(…)",
    fix: ([, indent, , text]) => `${indent}throw new Error(${text})`,
  },
  {
    line: /^(\s*)del\s+\w+.*$/,
    say: "Nothing needs to be deleted: memory that nothing refers to is freed",
    fix: () => "",
  },
  {
    line: /^(\s*)print\s+(['"\w].*)$/,
    say: "A cell shows its last value by itself; print is written console.log(…)",
    fix: ([, indent, what]) => `${indent}console.log(${what})`,
  },
  {
    line: /^(\s*)(?:!|%%|%(?:matplotlib|time|timeit|load_ext|autoreload|cd|run|pip|conda|config|pylab|reset|who|env)\b).*$/,
    say: "There are no magics and no shell here: a cell holds TypeScript",
    fix: () => "",
  },
  {
    line: /^(\s*)#+\s?(.*)$/,
    say: "A comment begins with //",
    fix: ([, indent, text]) => `${indent}// ${text}`,
  },
  {
    line: /^(\s*)%+\s*(.*)$/,
    say: "A comment begins with //",
    fix: ([, indent, text]) => `${indent}// ${text}`,
  },
  {
    line: /^(.*[^\s#"'`])\s*#\s(.*)$/,
    say: "A comment begins with //",
    fix: ([, code, text]) => `${code} // ${text}`,
  },
  {
    line: /^(\s*)function\s+(?:\[?[\w, ]+\]?\s*=\s*)(\w+)\s*\(([^)]*)\)\s*$/,
    say: ([, , name]) => `A function is written with braces: function ${name}(X: Tensor) { return … }`,
  },
  {
    line: /^(.*)\blambda\s+([\w, ]*):\s*(.+?)(\)?)$/,
    say: "A function without a name is written (X: Tensor) => …",
    fix: ([, before, parameters, body, after]) => `${before}(${typed(parameters)}) => ${body}${after}`,
  },
  {
    line: /^(.*)\[\s*(.+?)\s+for\s+(\w+)\s+in\s+range\(([^()]+)\)\s*\](.*)$/,
    say: "A list from a loop is written Array.from({ length: n }, (_, i) => …)",
    fix: ([, before, body, name, to, after]) =>
      `${before}Array.from({ length: ${to} }, (_, ${name}) => ${body})${after}`,
  },
  {
    line: /^(.*?)\[\s*(.+?)\s+for\s+(\w+)\s+in\s+(.+)\s*\](.*)$/,
    say: "A list from a list is written list.map((x) => …)",
    fix: ([, before, body, name, list, after]) => `${before}${list}.map((${name}) => ${body})${after}`,
  },
  {
    line: /^(.*?)\b[fFrR](["'])(.*?)\2(.*)$/,
    say: `Text with values in it stands between backticks: \`loss \${J.item()}\``,
    fix: ([, before, , text, after]) =>
      `${before}\`${text.replace(/\{([^{}:]+)(?::[^{}]*)?\}/g, "$${$1}")}\`${after}`,
  },
  {
    line: /^(\s*)(?:(const|let)\s+)?(\w+)\s*=\s*\[\s*(-?[\d.]+(?:[\s,]+-?[\d.]+)*(?:\s*;\s*-?[\d.]+(?:[\s,]+-?[\d.]+)*)*)\s*\]\s*;?\s*$/,
    say: "A matrix is written tensor([[1, 2], [3, 4]]): a list of rows",
    fix: ([, indent, how, name, numbers]) => {
      const rows = numbers.split(";").map(
        (row) =>
          `[${row
            .trim()
            .split(/[\s,]+/)
            .join(", ")}]`,
      );
      return `${indent}${how ?? "const"} ${name} = tensor(${rows.length === 1 ? rows[0] : `[${rows.join(", ")}]`})`;
    },
  },
  {
    line: /^(\s*)(?:(?:const|let)\s+)?(\w+)\s*=\s*(-?[\d.]+):(-?[\d.]+)(?::(-?[\d.]+))?\s*;?\s*$/,
    say: "A range is written arange(1, 5), without its end, or linspace(0, 1, 5), with it",
    fix: ([, indent, name, from, step, to]) =>
      to === undefined
        ? `${indent}const ${name} = arange(${from}, ${step} + 1)`
        : `${indent}const ${name} = arange(${from}, ${to} + ${step}, ${step})`,
  },
  {
    line: /^(.*?)([\w.()]+)\s*@\s*([\w.()]+)(.*)$/,
    say: ([, , a, b]) => `The matrix product is written ${a}.matmul(${b})`,
    fix: ([, before, a, b, after]) => `${before}${a}.matmul(${b})${after}`,
  },
  {
    line: /^(.*?)(\w+)\s*\.\*\s*(\w+)(.*)$/,
    say: ([, , a, b]) => `The product entry by entry (⊙) is written ${a}.mul(${b})`,
    fix: ([, before, a, b, after]) => `${before}${a}.mul(${b})${after}`,
  },
  {
    line: /^(.*?)(\w+)\s*\.\/\s*(\w+)(.*)$/,
    say: ([, , a, b]) => `The quotient entry by entry is written ${a}.div(${b})`,
    fix: ([, before, a, b, after]) => `${before}${a}.div(${b})${after}`,
  },
  {
    line: /^(.*?)(\w+)\s*\.?\^\s*([\w.]+)'?(.*)$/,
    say: ([, , a, b]) => `A power is written ${a}.pow(${b}), or ${a} ** ${b} of numbers`,
    fix: ([, before, a, b, after]) => `${before}${a}.pow(${b})${after}`,
  },
  {
    line: /^(.*?)\b([A-Z]\w*)'(.*)$/,
    say: ([, , a]) => `The transpose is written ${a}.T`,
    fix: ([, before, a, after]) => `${before}${a}.T${after}`,
  },
  {
    line: /^(.*?)\b(\w+)\[([^\]]*:[^\]]*)\](.*)$/,
    say: ([, , a]) => `A part is cut out by slice, with one range per axis: ${a}.slice(null, [0, 2])`,
    fix: ([, before, a, ranges, after]) => `${before}${a}.slice(${sliceOf(ranges)})${after}`,
  },
  {
    line: /^(.*?)(?<![=!<>])\bnot\s+(.+)$/,
    say: "not is written !, and is &&, or is ||",
    fix: ([, before, rest]) => `${before}!${rest}`,
  },
  {
    line: /^(.*\S)\s+(and|or)\s+(.+)$/,
    say: "and is written &&, or is ||, not is !",
    fix: ([, before, word, rest]) => `${before} ${word === "and" ? "&&" : "||"} ${rest}`,
  },
  {
    line: /^(\s*)(\w+)\s*:=\s*(.+)$/,
    say: ([, , name]) => `A new value is written const ${name} = …; in place it is ${name}.assign(…)`,
    fix: ([, indent, name, value]) => `${indent}${declared(name)} = ${value}`,
  },
  {
    line: /^(\s*)(\w+)\s*<-\s*(.+)$/,
    say: ([, , name]) => `A value is declared: const ${name} = …`,
    fix: ([, indent, name, value]) => `${indent}const ${name} = ${value}`,
  },
  {
    line: /^(\s*)(?:end|endfor|endif|pass)\s*;?\s*$/,
    say: "A block ends with }",
    fix: ([, indent]) => `${indent}}`,
  },
];

/** 1:3 is [1, 3], : is null, 2 is 2. */
function sliceOf(ranges: string): string {
  return ranges
    .split(",")
    .map((range) => {
      const [from, to] = range.split(":").map((end) => end.trim());
      if (to === undefined) return from;
      return from === "" && to === ""
        ? "null"
        : `[${from === "" ? "0" : from}, ${to === "" ? "Infinity" : to}]`;
    })
    .join(", ");
}

/**
 * What to say of a line that cannot be read, and how to write it. The line of the problem speaks first; else the one
 * before, as an end of line is often where a compiler stumbles.
 */
export function syntaxAdvice(source: string, offset: number): Advice | null {
  const at = Math.min(offset, source.length);
  const start = source.lastIndexOf("\n", at - 1) + 1;
  for (const from of [start, source.lastIndexOf("\n", start - 2) + 1]) {
    const end = source.indexOf("\n", from) < 0 ? source.length : source.indexOf("\n", from);
    const line = source.slice(from, end);
    for (const { line: pattern, say, fix } of ROWS) {
      const found = pattern.exec(line);
      if (found === null) continue;
      const text = fix?.(found);
      return {
        message: typeof say === "string" ? say : say(found),
        fixes:
          text === undefined
            ? []
            : [
                {
                  title: text.trim() === "" ? "Take the line away" : `Write ${text.trim()}`,
                  start: from,
                  end,
                  text,
                },
              ],
      };
    }
    if (from === 0) break;
  }
  return null;
}
