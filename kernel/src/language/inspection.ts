/** Inspection: what Shift-Tab shows about the name at the cursor, or about the function being called there. */

import type ts from "typescript";
import { toUnits } from "./code-points.ts";
import type { CellConverter, QuickInfo } from "./converter.ts";
import { plainText, plainTypes } from "./message.ts";
import type { Inspection } from "./protocol.ts";
import { CELL_PREFIX } from "./reading.ts";
import type { Declarations } from "./settled-declarations.ts";
import { typescript } from "./typescript.ts";

const NOTHING: Inspection = { found: false, plain: "", markdown: "" };

/** Makes a type of the name that follows: one that stands alone would have to be a value. */
const AS_TYPE = "type $$ = ";

/** What the compiler says of a type that is not there. */
const UNKNOWN = "/*unresolved*/";

/** Signature, words and examples; detail 1 adds the other tags of the documentation, such as @throws. */
export function inspectionAt(
  converter: CellConverter,
  declarations: Declarations,
  source: string,
  cursor: number,
  detail: 0 | 1,
): Inspection {
  const position = toUnits(source, cursor);
  for (const candidate of [position, calleeAt(source, position)]) {
    const found = candidate === undefined ? undefined : converter.inspect(declarations, source, candidate);
    if (found) return describe(found, detail);
  }
  const [name] = /[\p{ID_Continue}$]*$/u.exec(source.slice(0, position)) ?? [""];
  const rest = /^[\p{ID_Continue}$]*/u.exec(source.slice(position))?.[0] ?? "";
  const type =
    name === "" ? undefined : converter.inspect(declarations, AS_TYPE + name + rest, AS_TYPE.length);
  return type && !plainText(type.declaration).includes(UNKNOWN) ? describe(type, detail) : NOTHING;
}

/** Where the name of the function stands whose argument list holds the position. */
function calleeAt(source: string, position: number): number | undefined {
  const file = typescript.createSourceFile(
    "cell.ts",
    CELL_PREFIX + source,
    typescript.ScriptTarget.ES2022,
    true,
  );
  const offset = position + CELL_PREFIX.length;
  let callee: ts.Expression | undefined;
  const textEnd = file.text.trimEnd().length;
  const visit = (node: ts.Node): void => {
    // White space at the end belongs to what is not finished before it.
    if (offset < node.pos || (offset > node.end && node.end < textEnd)) return;
    const isCall = typescript.isCallExpression(node) || typescript.isNewExpression(node);
    if (isCall && node.arguments && isInside(node, node.arguments, offset)) callee = node.expression;
    typescript.forEachChild(node, visit);
  };
  visit(file);
  if (!callee) return undefined;
  const name = typescript.isPropertyAccessExpression(callee) ? callee.name : callee;
  return name.getStart() - CELL_PREFIX.length;
}

// Behind the opening parenthesis and not behind the closing one, which may not be typed yet.
function isInside(call: ts.Node, list: ts.NodeArray<ts.Expression>, offset: number): boolean {
  const closes = call.getText().endsWith(")");
  return offset >= list.pos && (offset < call.end || !closes);
}

function describe({ declaration, headline, documentation, tags }: QuickInfo, detail: 0 | 1): Inspection {
  const declared = plainText(declaration)
    .replace(/^\(alias\) /, "")
    .replace(/\nimport .*$/s, "")
    .replace(/^import /, "namespace ");
  const code = headline ?? plainTypes(declared);
  const words = plainText(documentation).trim();
  const shown = tags
    .map(({ name, text }) => ({ name, text: plainText(text).trim() }))
    .filter(({ name }) => detail === 1 || name === "example");
  const plain = shown.map(({ name, text }) => (name === "example" ? text : `@${name} ${text}`));
  const markdown = shown.map(({ name, text }) => (name === "example" ? fenced(text) : `*${name}* ${text}`));
  return {
    found: true,
    plain: joined([code, words, ...plain]),
    markdown: joined([fenced(code), words.replace(SIGN_FIRST, "\\$1"), ...markdown]),
  };
}

/** A formula that goes on in a new line with + or - would be an item of a list. */
const SIGN_FIRST = /^([+-])(?= )/gm;

function fenced(code: string): string {
  return `\`\`\`typescript\n${code}\n\`\`\``;
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}
