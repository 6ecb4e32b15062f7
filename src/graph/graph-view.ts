/** What a person has chosen to look at in a graph: the whole state of a view beside the graph itself. */

/** The state of a view. */
export interface GraphView {
  /** How many steps of the backward pass have been made; 0 before the first. */
  readonly step: number;
  readonly selection: Selection | null;
  /** The groups that are open. */
  readonly open: ReadonlySet<number>;
  /** The nodes that are shown as their entries, one by one. */
  readonly scattered: ReadonlySet<number>;
  /** Whether central differences stand beside the gradients. */
  readonly differences: boolean;
}

/** What is selected. */
export type Selection =
  | { readonly kind: "node"; readonly node: number }
  | { readonly kind: "group"; readonly group: number }
  /** The edge to input number `input` of `node`. */
  | { readonly kind: "edge"; readonly node: number; readonly input: number }
  /** An entry of a node, by its position in the data. */
  | { readonly kind: "entry"; readonly node: number; readonly entry: number };
