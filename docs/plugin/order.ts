/** Puts the names of the reference into their groups, and into the order in which we wrote them down. */

import { Comment, CommentTag, type ContainerReflection, type DeclarationReflection } from "typedoc";

/** Where a name stands. */
type Place = (name: string) => { readonly title: string; readonly rank: number };

/** Gives each child its group, and sorts them; TypeDoc keeps the order that it finds. */
export function arrange(parent: ContainerReflection, placeOf: Place): void {
  for (const child of parent.children ?? []) assignGroup(child, placeOf(child.name).title);
  // Equal ranks are both infinite: their difference is NaN, which would mix up the others.
  const rank = ({ name }: DeclarationReflection): number =>
    Math.min(placeOf(name).rank, Number.MAX_SAFE_INTEGER);
  const byRank = (a: DeclarationReflection, b: DeclarationReflection): number =>
    rank(a) - rank(b) || a.name.localeCompare(b.name);
  parent.children?.sort(byRank);
  parent.childrenIncludingDocuments?.sort((a, b) =>
    a.isDeclaration() && b.isDeclaration() ? byRank(a, b) : 0,
  );
}

function assignGroup(child: DeclarationReflection, title: string): void {
  child.comment ??= new Comment();
  child.comment.blockTags.push(new CommentTag("@group", [{ kind: "text", text: title }]));
}
