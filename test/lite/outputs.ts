/** What a front end shows of the messages about a cell, in the form in which a notebook is saved. */
import type { Heard } from "./browser-kernel.ts";

const GRAPH = "application/vnd.gradbook.graph.v1+json";

export interface Output {
  output_type: string;
  // biome-ignore lint/suspicious/noExplicitAny: outputs of every kind
  [field: string]: any;
}

/** The outputs of the cells of a notebook: what is shown under an id changes wherever it stands. */
export class Outputs {
  readonly #cells: Output[][] = [];
  readonly #displayed = new Map<string, Output[]>();

  /** Takes the messages about the next cell. */
  add(messages: readonly Heard[]): void {
    const outputs: Output[] = [];
    this.#cells.push(outputs);
    let clears = false;
    for (const { channel, type, content } of messages) {
      if (channel !== "iopub") continue;
      if (type === "clear_output") {
        clears = content.wait;
        if (!clears) outputs.length = 0;
        continue;
      }
      const output = outputOf(type, content);
      if (output === undefined) continue;
      if (clears) outputs.length = 0;
      clears = false;
      const id = content.transient?.display_id;
      if (type === "update_display_data") {
        for (const shown of this.#displayed.get(id) ?? []) shown.data = content.data;
        continue;
      }
      if (id !== undefined) this.#displayed.set(id, [...(this.#displayed.get(id) ?? []), output]);
      append(outputs, output);
    }
  }

  /** By cell. */
  get cells(): readonly (readonly Output[])[] {
    return this.#cells;
  }
}

/** Puts an output behind the others; text goes on where text of its kind stands last, however it came in parts. */
function append(outputs: Output[], output: Output): void {
  const last = outputs.at(-1);
  if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name)
    last.text += output.text;
  else outputs.push(output);
}

// biome-ignore lint/suspicious/noExplicitAny: contents of every kind
function outputOf(type: string, content: any): Output | undefined {
  switch (type) {
    case "stream":
      return { output_type: type, name: content.name, text: content.text };
    case "execute_result":
    case "display_data":
      return { output_type: type, data: content.data };
    case "update_display_data":
      return { output_type: "display_data", data: content.data };
    case "error":
      return { output_type: type, ename: content.ename, evalue: content.evalue };
    default:
      return undefined;
  }
}

/** The saved outputs of a cell in the same form. */
export function savedOutputs(saved: readonly Output[]): Output[] {
  const outputs: Output[] = [];
  for (const output of saved) append(outputs, savedOutput(output));
  return outputs;
}

/** Saved outputs without the ids of cells in graphs, and the graphs' own that follow from them: nbclient tells no kernel any. */
export function withoutCells(saved: readonly Output[]): Output[] {
  return savedOutputs(saved).map((output) => {
    const { [GRAPH]: graph, ...others } = output.data ?? {};
    if (graph === undefined) return output;
    const { cells: _, id: __, ...rest } = graph;
    return { ...output, data: { ...others, [GRAPH]: rest } };
  });
}

/** A saved output, its lines put together. */
function savedOutput(saved: Output): Output {
  const joined = (value: unknown): unknown =>
    Array.isArray(value) && value.every((line) => typeof line === "string") ? value.join("") : value;
  const { output_type, name, text, data, ename, evalue } = saved;
  if (output_type === "stream") return { output_type, name, text: joined(text) };
  if (output_type === "error") return { output_type, ename, evalue };
  const entries = Object.entries(data).map(([type, value]) => [
    type,
    /json$/.test(type) ? value : joined(value),
  ]);
  return { output_type, data: Object.fromEntries(entries) };
}
