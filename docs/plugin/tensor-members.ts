/** The page of `Tensor`: each op that is a method of it is shown as one, and leads to its function. */

import {
  Comment,
  type DeclarationReflection,
  type ProjectReflection,
  ReflectionKind,
  type SignatureReflection,
} from "typedoc";
import { removeAll, tidy } from "./ops-as-functions.ts";

/** Turns the properties that a mapped type gives `Tensor` into methods, with the signatures that they have. */
export function showMethods(
  tensor: DeclarationReflection,
  ops: ReadonlyMap<string, SignatureReflection>,
): void {
  delete tensor.extendedTypes; // the mapped type, of which no reader needs to know
  for (const member of tensor.children ?? []) {
    const signature = ops.get(member.name);
    if (signature === undefined || member.kind !== ReflectionKind.Property) continue;
    member.kind = ReflectionKind.Method;
    delete member.type;
    delete member.comment;
    delete signature.parent.signatures; // it moves, and must outlive the property that it comes from
    signature.parent = member;
    signature.name = member.name;
    signature.parameters = (signature.parameters ?? []).filter(({ name }) => name !== "this");
    signature.comment = new Comment([
      { kind: "text", text: "The function " },
      { kind: "inline-tag", tag: "@link", text: member.name },
      { kind: "text", text: " as a method." },
    ]);
    tidy(signature);
    member.signatures = [signature];
  }
}

/** Leaves only a subclass's own members on its page. */
export function hideInherited(
  project: ProjectReflection,
  subclass: DeclarationReflection,
  tensor: DeclarationReflection,
): void {
  const inherited = new Set(tensor.children?.map(({ name }) => name));
  removeAll(project, subclass.children?.filter(({ name }) => inherited.has(name)) ?? []);
}
