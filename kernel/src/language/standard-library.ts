/**
 * ECMAScript's own declarations, `lib.*.d.ts`: the compiler reads them without their comments, which are a third of
 * the time that it takes over them, and the comments are read when somebody asks about a name.
 */

import type ts from "@tslab/typescript-for-tslab";
import { path } from "./node.ts";
import { slashed } from "./slashes.ts";
import { typescript, typescriptPath } from "./typescript.ts";

/** Words about a name, in the form in which TypeScript gives them. */
export interface Documentation {
  readonly documentation: ts.SymbolDisplayPart[];
  readonly tags: ts.JSDocTagInfo[];
}

const FOLDER = slashed(path.dirname(typescriptPath));

export function isStandard(file: string): boolean {
  return path.dirname(file) === FOLDER && path.basename(file).startsWith("lib.");
}

/** The text with comments that document nothing, each place of it where it was. */
export function withoutDocumentation(text: string): string {
  return text.replaceAll("/**", "/*-");
}

/** Whether the words about a declaration have to be asked for here. */
export function isStandardDeclaration(declaration: ts.Declaration): boolean {
  return isStandard(declaration.getSourceFile().fileName);
}

/** What the original file says about a declaration that was read without comments. */
export function standardDocumentation(declaration: ts.Declaration): Documentation {
  const original = originalOf(declaration);
  const comments = original ? typescript.getJSDocCommentsAndTags(original).filter(typescript.isJSDoc) : [];
  const textOf = (comment: ts.JSDoc["comment"]): string => typescript.getTextOfJSDocComment(comment) ?? "";
  return {
    documentation: comments.map(({ comment }) => ({ kind: "text", text: textOf(comment) })),
    tags: comments.flatMap(({ tags = [] }) =>
      tags.map((tag) => {
        const name = typescript.isJSDocParameterTag(tag) ? `${tag.name.getText()} ` : "";
        return { name: tag.tagName.text, text: [{ kind: "text", text: name + textOf(tag.comment) }] };
      }),
    ),
  };
}

const originals = new Map<string, ts.SourceFile>();

/** The same declaration with its comments. */
function originalOf(declaration: ts.Declaration): ts.Node | undefined {
  const { fileName } = declaration.getSourceFile();
  let file = originals.get(fileName);
  if (!file) {
    const text = typescript.sys.readFile(fileName) ?? "";
    file = typescript.createSourceFile(fileName, text, typescript.ScriptTarget.ES2022, true);
    originals.set(fileName, file);
  }
  const find = (node: ts.Node): ts.Node | undefined => {
    if (node.pos > declaration.pos || node.end < declaration.end) return undefined;
    if (node.kind === declaration.kind && node.end === declaration.end) return node;
    return typescript.forEachChild(node, find);
  };
  return find(file);
}
