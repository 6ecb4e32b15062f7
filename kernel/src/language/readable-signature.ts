/**
 * Signatures of the library as a student reads them: `exp(x: Tensor<[2, 3]>): Tensor<[2, 3]>` at a call,
 * `exp(x: Tensor | number): Tensor` elsewhere, and nowhere the generics from which TypeScript knows the shapes.
 */

import type ts from "typescript";
import { plainTypes } from "./message.ts";
import { typescript } from "./typescript.ts";

const { NodeFlags, TypeFlags, TypeFormatFlags } = typescript;
const FORMAT = TypeFormatFlags.NoTruncation | TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;

/** What is taken out of types, or put in plainer words. */
const REPLACED: readonly (readonly [pattern: RegExp, text: string])[] = [
  // What the check of shapes adds to an argument; a wrong call shows it as an error.
  [/ & ShapeProblem<"(?:[^"\\]|\\.)*">/g, ""],
  [/\?: ([^;,()]*) \| undefined/g, "?: $1"],
  [/\bOperand\b/g, "Tensor | number"],
  // Type arguments that are neither lengths nor names: a shape that is not known, or known to be wrong.
  [/\b([A-Z]\w*)<(?!(?:(?:\w+|\[(?:(?:\d+|number)(?:, )?)*\])(?:, )?)*>)[^<>]*>/g, "$1"],
  [/\b([A-Z]\w*)<(?:Shape|number\[\])>/g, "$1"],
  [/\bShape\b/g, "number[]"],
];

/** A call as the checker understands it. */
interface Resolution {
  /** With the types that the arguments have. */
  readonly signature: ts.Signature;
  /** As it is declared, with type parameters. */
  readonly declared: ts.Signature;
}

/** A signature in parts: `exp(`, `x: Tensor`, `): Tensor`. */
export interface SignatureParts {
  readonly before: string;
  readonly parameters: readonly string[];
  readonly after: string;
}

/** The signature of the function whose name stands at `node`; undefined when it cannot be called. */
export function readableSignature(checker: ts.TypeChecker, node: ts.Identifier): SignatureParts | undefined {
  const { parent } = node;
  const callee = typescript.isPropertyAccessExpression(parent) && parent.name === node ? parent : node;
  const written = resolutionOf(checker, callee, callOf(callee));
  const resolution = written ?? resolutionOf(checker, callee, emptyCall(callee));
  if (!resolution) return undefined;
  const { signature, declared } = resolution;
  const typeOf = (symbol: ts.Symbol): ts.Type => checker.getTypeOfSymbolAtLocation(symbol, node);
  const textOf = (type: ts.Type): string => checker.typeToString(type, node, FORMAT);

  const parameters = signature.parameters.map((symbol, index) => {
    const { name, dotDotDotToken, questionToken } = symbol.valueDeclaration as ts.ParameterDeclaration;
    const given = textOf(typeOf(symbol));
    const wanted = typeOf(declared.parameters[index]);
    // Of the arguments only tensors are worth showing: the type of [[1, 2], [3, 4]] is as long as the value.
    const bound = given.includes("Tensor<") ? undefined : boundOf(checker, wanted);
    const type = tidy(bound ? textOf(bound) : given);
    const label = typescript.isIdentifier(name) ? name.text : "options";
    if (questionToken) return `${label}?: ${type.replace(/ \| undefined$/, "")}`;
    return `${dotDotDotToken ? "..." : ""}${label}: ${type}`;
  });
  const result = tidy(textOf(signature.getReturnType()));
  // Without a call, the shape that results from no option and no length would be shown as if it were the only one.
  const isKnown = written !== undefined || !leavesOpen(checker, declared);
  return {
    before: `${node.text}(`,
    parameters,
    after: `): ${isKnown ? result : result.replace(/<.*>/, "")}`,
  };
}

/** What an argument may be for a parameter of type `T`, `T & Check<T>` or `T | undefined`. */
function boundOf(checker: ts.TypeChecker, type: ts.Type): ts.Type | undefined {
  if (type.isUnionOrIntersection()) {
    const parameter = type.types.find(({ flags }) => flags & TypeFlags.TypeParameter);
    return parameter && boundOf(checker, parameter);
  }
  return type.flags & TypeFlags.TypeParameter ? checker.getBaseConstraintOfType(type) : undefined;
}

/** Whether arguments that may be left out decide on the result's type. */
function leavesOpen(checker: ts.TypeChecker, { typeParameters = [], parameters }: ts.Signature): boolean {
  const rest = parameters.find((symbol) => isRest(symbol.valueDeclaration));
  const restType = rest?.valueDeclaration && checker.getTypeOfSymbolAtLocation(rest, rest.valueDeclaration);
  return typeParameters.some((parameter) => parameter === restType || parameter.getDefault() !== undefined);
}

function isRest(declaration: ts.Declaration | undefined): boolean {
  return Boolean(declaration && typescript.isParameter(declaration) && declaration.dotDotDotToken);
}

function tidy(type: string): string {
  return REPLACED.reduce((text, [pattern, words]) => text.replace(pattern, words), plainTypes(type));
}

/** The call that `callee` stands in, unless its argument list has only been begun. */
function callOf(callee: ts.Expression): ts.CallExpression | undefined {
  const { parent: call } = callee;
  if (!typescript.isCallExpression(call) || call.expression !== callee) return undefined;
  return call.arguments.length > 0 || call.getText().endsWith(")") ? call : undefined;
}

/** A call of `callee` that the checker takes for a part of the file; it leaves type parameters at their bounds. */
function emptyCall(callee: ts.Expression): ts.CallExpression {
  const call = typescript.factory.createCallExpression(callee, undefined, []);
  return Object.assign(call, { parent: callee.parent, flags: call.flags & ~NodeFlags.Synthesized });
}

function resolutionOf(
  checker: ts.TypeChecker,
  callee: ts.Expression,
  call: ts.CallExpression | undefined,
): Resolution | undefined {
  // With a list of candidates to fill, the checker keeps what is wrong with a call to itself.
  const signature = call && checker.getResolvedSignature(call, []);
  const declared = checker
    .getTypeAtLocation(callee)
    .getCallSignatures()
    .find(({ declaration }) => declaration === signature?.declaration);
  return signature && declared && { signature, declared };
}
