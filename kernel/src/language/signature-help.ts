/** Signature help: what a function takes, while its arguments are being typed. */

import type ts from "typescript";
import { plainText, plainTypes } from "./message.ts";
import type { Signature, SignatureParameter } from "./protocol.ts";
import type { SignatureParts } from "./readable-signature.ts";
import { typescript } from "./typescript.ts";

/** A call whose arguments are being typed, and what TypeScript says of it. */
export interface TypedCall {
  readonly callee: ts.Expression;
  /** The signature that fits best. */
  readonly item: ts.SignatureHelpItem;
  /** The argument at the cursor, counted from 0. */
  readonly argument: number;
}

const NEVER_CANCELLED = { isCancellationRequested: () => false, throwIfCancellationRequested: () => {} };

/** The innermost call whose parentheses hold the offset. */
export function callAt(program: ts.Program, file: ts.SourceFile, offset: number): TypedCall | undefined {
  const { getSignatureHelpItems } = typescript.SignatureHelp;
  const help = getSignatureHelpItems(program, file, offset, undefined, NEVER_CANCELLED);
  const call = help && calledFrom(file, help.applicableSpan.start);
  if (!call) return undefined; // a tagged template, say: in a formula the function is nothing new
  return { callee: call.expression, item: help.items[help.selectedItemIndex], argument: help.argumentIndex };
}

/** The call whose arguments begin at the offset. */
function calledFrom(file: ts.SourceFile, start: number): ts.CallExpression | ts.NewExpression | undefined {
  const find = (node: ts.Node): ts.CallExpression | ts.NewExpression | undefined => {
    if (start < node.pos || start > node.end) return undefined;
    const isCall = typescript.isCallExpression(node) || typescript.isNewExpression(node);
    return isCall && node.arguments?.pos === start ? node : typescript.forEachChild(node, find);
  };
  return find(file);
}

/** The signature of a call: in the library's words where there are any, else in TypeScript's. */
export function signatureOf(
  { item, argument }: TypedCall,
  library: SignatureParts | undefined,
  words: string,
): Signature {
  const { before, parameters, after } = library ?? partsOf(item);
  let label = before;
  const places = parameters.map((text, index): SignatureParameter => {
    const start = label.length + (index > 0 ? SEPARATOR.length : 0);
    label += (index > 0 ? SEPARATOR : "") + text;
    return { start, end: label.length, documentation: plainText(item.parameters[index]?.documentation) };
  });
  return {
    label: label + after,
    parameters: places,
    active: item.isVariadic ? Math.min(argument, places.length - 1) : argument,
    documentation: plainText(item.documentation) || words,
  };
}

const SEPARATOR = ", ";

function partsOf(item: ts.SignatureHelpItem): SignatureParts {
  // That an optional argument may also be undefined tells a student nothing.
  const text = (parts: readonly ts.SymbolDisplayPart[]): string =>
    plainTypes(plainText(parts)).replace(/(\?: .*) \| undefined$/, "$1");
  return {
    before: text(item.prefixDisplayParts),
    parameters: item.parameters.map(({ displayParts }) => text(displayParts)),
    after: text(item.suffixDisplayParts),
  };
}
