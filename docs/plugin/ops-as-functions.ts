/** Makes TypeDoc see an op for what it is: a function, whose page says nothing of how its methods are made. */

import {
  Context,
  DeclarationReflection,
  IntersectionType,
  type ProjectReflection,
  ReferenceType,
  ReflectionKind,
  type SignatureReflection,
  type SomeType,
} from "typedoc";

/**
 * From now on a constant with a call signature is converted as a function. TypeDoc does so for constants that are
 * tagged `@function`; ours would all have to be.
 */
export function convertCallablesAsFunctions(): void {
  const { getComment } = Context.prototype;
  Context.prototype.getComment = function (symbol, kind) {
    const comment = getComment.call(this, symbol, kind);
    const isCallable = this.checker.getTypeOfSymbol(symbol).getCallSignatures().length > 0;
    if (kind === ReflectionKind.Variable && isCallable) comment?.modifierTags.add("@function");
    return comment;
  };
}

/** The functions that are ops, by name, each with its signature as a method. */
export function opsOf(project: ProjectReflection): Map<string, SignatureReflection> {
  const methods = project.children?.flatMap((child): [string, SignatureReflection][] => {
    const method = child.kind === ReflectionKind.Function ? child.getChildByName("method") : undefined;
    const type = method instanceof DeclarationReflection ? method.type : undefined;
    const signature = type?.type === "reflection" ? type.declaration.signatures?.[0] : undefined;
    return signature === undefined ? [] : [[child.name, signature]];
  });
  return new Map(methods);
}

/**
 * Removes what is there for the engine and the compiler: an op's own properties, the types that say what kind of op it
 * is, and constructors, in whose place there are functions.
 */
export function removeMachinery(project: ProjectReflection, ops: ReadonlyMap<string, unknown>): void {
  for (const child of [...(project.children ?? [])]) {
    const isKind = child.kind === ReflectionKind.Interface && child.getChildByName("samples") !== undefined;
    if (isKind) project.removeReflection(child);
    if (ops.has(child.name)) removeAll(project, child.children ?? []);
    removeAll(project, child.getChildrenByKind(ReflectionKind.Constructor));
  }
}

/** Removes reflections from the project. */
export function removeAll(project: ProjectReflection, reflections: readonly DeclarationReflection[]): void {
  for (const reflection of [...reflections]) project.removeReflection(reflection);
}

/**
 * Makes a signature read as it is meant: `Y & BroadcastCheck<…>` is `Y`, as the check is there for the compiler's
 * message, and a parameter that is taken apart at once has a name.
 */
export function tidy(signature: SignatureReflection): void {
  for (const parameter of signature.parameters ?? []) {
    if (parameter.type !== undefined) parameter.type = withoutCheck(parameter.type);
    if (parameter.name === "__namedParameters") parameter.name = "options";
  }
}

function withoutCheck(type: SomeType): SomeType {
  if (!(type instanceof IntersectionType)) return type;
  const kept = type.types.filter((part) => !(part instanceof ReferenceType && part.name.endsWith("Check")));
  return kept.length === 1 ? kept[0] : type;
}
