/**
 * Variables that hold tensors of one shape after another, as in `let h = X; h = h.matmul(W)`.
 *
 * To TypeScript `h` has the shape of X for good, and it refuses the assignment. Where nothing but the shape stands
 * in the way, and nobody wrote the type down, the variable is given the type `Tensor`, whose shape is checked when
 * the cell runs (wide-types.ts).
 */

import type ts from "typescript";
import { libraryModule } from "./library.ts";
import { typescript } from "./typescript.ts";

/** Variables to widen, each with the number of arrays around its tensors: 0 for `Tensor`, 1 for `Tensor[]`. */
export interface Widening {
  /** Those of the cell, by the offset at which their names end. */
  readonly inCell: ReadonlyMap<number, number>;
  /** Those of earlier cells, by name. */
  readonly earlier: ReadonlyMap<string, number>;
}

/** A checked cell, and what is wrong with it. */
export interface RefusedCell {
  readonly program: ts.Program;
  readonly cellFile: string;
  /** The declaration file of the library. */
  readonly libraryTypes: string;
  readonly diagnostics: readonly ts.Diagnostic[];
}

type Typed = ts.VariableDeclaration | ts.ParameterDeclaration | ts.PropertyDeclaration;

const NOT_ASSIGNABLE = 2322;
const NOT_AN_ARGUMENT = 2345;

/** The variables whose shapes alone make TypeScript reject an assignment, except the earlier ones in `annotated`. */
export function wideningOf(
  { program, cellFile, libraryTypes, diagnostics }: RefusedCell,
  annotated: ReadonlySet<string>,
): Widening {
  const inCell = new Map<number, number>();
  const earlier = new Map<string, number>();
  const file = program.getSourceFile(cellFile);
  const ours = diagnostics.filter((diagnostic) => diagnostic.file === file);
  const checker = program.getTypeChecker();
  const depthOf = tensorDepths(checker, tensorClass(program, libraryTypes));
  for (const diagnostic of ours) {
    const store = file && storeRefused(file, diagnostic);
    if (!store) continue;
    const others = ours.filter((other) => other !== diagnostic);
    // What is wrong inside the value has its own reason, which the student wants to hear.
    if (store.value && others.some(({ start }) => isWithin(store.value as ts.Node, start))) continue;
    if (store.value && depthOf(checker.getTypeAtLocation(store.value)) === undefined) continue;
    const symbol = checker.getSymbolAtLocation(variableIn(store.target));
    const declaration = symbol?.valueDeclaration;
    if (!declaration || !canBeTyped(declaration)) continue;
    const depth = depthOf(checker.getTypeOfSymbolAtLocation(symbol, declaration));
    if (depth === undefined || (store.isCall && depth === 0)) continue;
    const { name, type } = declaration;
    const source = declaration.getSourceFile();
    if (source === file) {
      if (!type) inCell.set(name.end, depth);
    } else if (isEarlier(file, source) && !annotated.has(name.text)) earlier.set(name.text, depth);
  }
  return { inCell, earlier };
}

/** An attempt to keep something in a variable: `h = value`, `hs[0] = value`, `[h, c] = …`, `hs.push(value)`. */
interface Store {
  readonly target: ts.Expression;
  /** What was to be kept; unknown in a destructuring assignment. */
  readonly value?: ts.Expression;
  /** Whether the target is an array, whose method was called. */
  readonly isCall?: boolean;
}

function storeRefused(
  file: ts.SourceFile,
  { code, start = 0, length = 0 }: ts.Diagnostic,
): Store | undefined {
  if (code !== NOT_ASSIGNABLE && code !== NOT_AN_ARGUMENT) return undefined;
  const refused = nodeAt(file, start, length);
  if (code === NOT_AN_ARGUMENT) {
    const { parent: call } = refused;
    if (!typescript.isCallExpression(call) || !typescript.isPropertyAccessExpression(call.expression))
      return undefined;
    return { target: call.expression.expression, value: refused as ts.Expression, isCall: true };
  }
  for (let node = refused; node && !typescript.isFunctionLike(node); node = node.parent) {
    if (!typescript.isBinaryExpression(node)) continue;
    if (node.operatorToken.kind !== typescript.SyntaxKind.EqualsToken) continue;
    const isPattern =
      typescript.isArrayLiteralExpression(node.left) || typescript.isObjectLiteralExpression(node.left);
    return isPattern ? { target: refused as ts.Expression } : { target: node.left, value: node.right };
  }
  return undefined;
}

/** The outermost node that covers just this range. */
function nodeAt(file: ts.SourceFile, start: number, length: number): ts.Node {
  let node = typescript.getTouchingPropertyName(file, start);
  while (node.parent?.getStart() === start && node.end < start + length) node = node.parent;
  return node;
}

function isWithin(node: ts.Node, offset = -1): boolean {
  return offset >= node.getStart() && offset < node.end;
}

/** The name of the variable or property that holds what is at `target`: `hs` for `hs[0]`, `h` for `this.h`. */
function variableIn(target: ts.Expression): ts.Node {
  if (typescript.isElementAccessExpression(target)) return variableIn(target.expression);
  return typescript.isPropertyAccessExpression(target) ? target.name : target;
}

// The variable of a `for … of` cannot have a written type, nor can a part of a destructuring pattern.
function canBeTyped(node: ts.Node): node is Typed & { readonly name: ts.Identifier } {
  if (typescript.isVariableDeclaration(node)) {
    const { parent: statement } = node.parent;
    return (
      typescript.isIdentifier(node.name) &&
      !typescript.isForOfStatement(statement) &&
      !typescript.isForInStatement(statement)
    );
  }
  const hasValue =
    (typescript.isParameter(node) || typescript.isPropertyDeclaration(node)) && node.initializer;
  return Boolean(hasValue) && typescript.isIdentifier((node as Typed).name);
}

/** How many arrays lie around the tensors of a type; undefined when it holds anything but tensors. */
function tensorDepths(checker: ts.TypeChecker, tensor: ts.Symbol | undefined) {
  const depthOf = (type: ts.Type): number | undefined => {
    if (type.isUnion()) {
      const [first, ...others] = type.types.map(depthOf);
      return others.every((depth) => depth === first) ? first : undefined;
    }
    if (tensor && type.symbol === tensor) return 0;
    if (!checker.isArrayType(type)) return undefined;
    const depth = depthOf(checker.getTypeArguments(type as ts.TypeReference)[0]);
    return depth === undefined ? undefined : depth + 1;
  };
  return depthOf;
}

function tensorClass(program: ts.Program, libraryTypes: string): ts.Symbol | undefined {
  const checker = program.getTypeChecker();
  const exported = checker
    .getExportsOfModule(libraryModule(program, libraryTypes))
    .find(({ name }) => name === "Tensor");
  const isAlias = exported && exported.flags & typescript.SymbolFlags.Alias;
  return isAlias ? checker.getAliasedSymbol(exported) : exported;
}

/** Whether a file holds declarations of earlier cells, of which the recent ones are the parent of the cell and the others. */
function isEarlier(cell: ts.SourceFile, file: ts.SourceFile): boolean {
  const recent: ts.Node = cell.parent;
  return file === recent || file.parent === recent;
}
