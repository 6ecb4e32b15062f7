/** The entries of a tensor: their positions in the data, their indices, their names. */
import { entryName, fromJsonNumber, type GraphNode, type GraphValues } from "gradbook/graph";

/** The position in the data of the entry at `indices`. */
export function positionOf(indices: readonly number[], shape: readonly number[]): number {
  return shape.reduce((position, length, axis) => position * length + indices[axis], 0);
}

/** The name of the gradient of an entry in LaTeX: `dz_{12}`. */
export function gradientEntryTex(node: GraphNode, position: number): string {
  return node.shape.length === 0 ? gradientTex(node) : `d${entryName(node, position)}`;
}

/** The name of a gradient in LaTeX: `dZ`. */
export function gradientTex({ tex }: GraphNode): string {
  return `d${tex}`;
}

/** The entry of `values` at `position`, where it is known. */
export function entryAt(values: GraphValues | null, position: number): number | null {
  if (values === null || !("data" in values) || position >= values.data.length) return null;
  return fromJsonNumber(values.data[position]);
}

/** All entries as numbers, where they are known. */
export function numbersOf(values: GraphValues | null): number[] | null {
  return values !== null && "data" in values ? values.data.map(fromJsonNumber) : null;
}
