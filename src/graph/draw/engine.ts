/** The engine that finds places: Graphviz, which is loaded when it is first needed. */

/** Lays out what is written in the language of Graphviz, and answers in its plain format. */
export interface Engine {
  layout(dot: string): string;
}

let loaded: Engine | undefined;

/** Loads the engine. */
export async function loadEngine(): Promise<Engine> {
  if (loaded === undefined) {
    const { Graphviz } = await import("@hpcc-js/wasm-graphviz");
    const graphviz = await Graphviz.load();
    loaded = { layout: (dot) => graphviz.layout(dot, "plain-ext", "dot") };
  }
  return loaded;
}

/** The engine, where it is loaded: code that does not wait can draw then, too. */
export function loadedEngine(): Engine | undefined {
  return loaded;
}
