/** The entries of a tensor: their positions in the data, their indices, their names. */
import { entryOf, type GraphJson, type GraphNode, type GraphNumber, type GraphValues, indicesAt } from "gradbook/graph";

/** The number that JSON had no sign for. */
export function toNumber(value: GraphNumber): number {
  return Number(value);
}

/** The position in the data of the entry at `indices`. */
export function positionOf(indices: readonly number[], shape: readonly number[]): number {
  return shape.reduce((position, length, axis) => position * length + indices[axis], 0);
}

/** The name of an entry in LaTeX, counted from 1: `z_{12}`. */
export function entryTex({ name, label, shape }: GraphNode, position: number): string {
  return entryOf(name ?? label, writtenIndices(shape, position));
}

/** The name of the gradient of an entry in LaTeX: `dz_{12}`. */
export function gradientEntryTex(node: GraphNode, position: number): string {
  return node.shape.length === 0 ? gradientTex(node) : `d${entryTex(node, position)}`;
}

/** The name of a gradient in LaTeX: `dZ`. */
export function gradientTex({ tex }: GraphNode): string {
  return `d${tex}`;
}

/** An entry in words: `Z row 1, column 2`. */
export function entryIndexText(shape: readonly number[], position: number): string {
  return writtenIndices(shape, position).join(",");
}

function writtenIndices(shape: readonly number[], position: number): string[] {
  return indicesAt(position, shape).map((index) => String(index + 1));
}

/** The entry of `values` at `position`, where it is known. */
export function entryAt(values: GraphValues | null, position: number): number | null {
  if (values === null || !("data" in values) || position >= values.data.length) return null;
  return toNumber(values.data[position]);
}

/** All entries as numbers, where they are known. */
export function numbersOf(values: GraphValues | null): number[] | null {
  return values !== null && "data" in values ? values.data.map(toNumber) : null;
}

/** The nodes that were computed from `node`, with the position it has among their operands. */
export function usesOf({ nodes }: GraphJson, node: number): { readonly node: number; readonly input: number }[] {
  return nodes.flatMap(({ op }, user) =>
    (op?.inputs ?? []).flatMap((operand, input) =>
      "from" in operand && operand.from === node ? [{ node: user, input }] : [],
    ),
  );
}
