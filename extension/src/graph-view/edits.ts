/** Changed numbers of leaves, and who can compute what follows from them. */
import type { GraphJson } from "gradbook/graph";
import type { Edit } from "gradbook/replay";
import type { GraphLink } from "./graph-link.ts";

/** Who computes a graph again. */
export type Calculator = "kernel" | "page";

/** Why a graph cannot be computed again. */
export type Obstacle = "restarted" | "another" | "gone" | "busy" | "unknown";

/** Whether it is a reason why nobody can compute. */
export function isObstacle(calculator: Calculator | Obstacle): calculator is Obstacle {
  return calculator !== "kernel" && calculator !== "page";
}

/** The edits with one more; a later number of the same entry takes the place of an earlier one. */
export function withEdit(edits: readonly Edit[], edit: Edit): readonly Edit[] {
  return [...edits.filter(({ node, entry }) => node !== edit.node || entry !== edit.entry), edit];
}

/** Who can compute `graph` again now, or why nobody can. */
export function calculatorFor(graph: GraphJson, link: GraphLink | null): Calculator | Obstacle {
  const obstacle = obstacleOf(graph, link);
  if (obstacle === null || isAnswering(graph, link)) return "kernel";
  return isReplayable(graph) ? "page" : obstacle;
}

/** Whether an idle kernel is about to say if it knows `graph`: asked to compute, it says that as well. */
function isAnswering({ id }: GraphJson, link: GraphLink | null): boolean {
  return link?.state === "idle" && id !== null && link.knows(id) === null;
}

/** Why the kernel cannot be asked about `graph`; `null` where it can. */
export function obstacleOf(graph: GraphJson, link: GraphLink | null): Obstacle | null {
  if (link === null || graph.id === null) return "unknown";
  if (link.state === "gone") return "gone";
  const isKnown = link.knows(graph.id);
  if (isKnown === false) return isRestarted(graph, link) ? "restarted" : "another";
  return link.state === "busy" || isKnown === null ? "busy" : null;
}

/** Whether the kernel was seen to know `graph` and to forget it by a restart; a saved graph may be of any kernel. */
export function isRestarted({ id }: GraphJson, link: GraphLink | null): boolean {
  return link !== null && id !== null && link.knew(id) && link.knows(id) === false;
}

/** Whether the data of the graph hold everything needed to compute it again. */
export function isReplayable({ nodes, failure }: GraphJson): boolean {
  if (failure !== null) return false;
  return nodes.every(({ op, value }) =>
    op === null ? value !== null && "data" in value : op.recipe !== undefined,
  );
}

/** Whether an entry of the node can be given another number. */
export function isEditable(graph: GraphJson, node: number): boolean {
  const { op, value } = graph.nodes[node];
  return op === null && value !== null && "data" in value;
}
