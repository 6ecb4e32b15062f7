/** The engine that finds places: Graphviz, which is loaded when it is first needed. */

/** Lays out what is written in the language of Graphviz, and answers in its plain format. */
export interface Engine {
  layout(dot: string): string;
}

/** Loads the engine. */
export async function loadEngine(): Promise<Engine> {
  const { Graphviz } = await import("@hpcc-js/wasm-graphviz");
  const graphviz = await Graphviz.load();
  return { layout: (dot) => graphviz.layout(dot, "plain-ext", "dot") };
}
