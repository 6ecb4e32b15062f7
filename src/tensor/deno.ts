/** The notebook of Deno's own kernel, which shows our objects, too. */

import type { Host } from "./host.ts";

/** What Deno's kernel offers to cells. */
export interface DenoJupyter {
  display(value: unknown, options: { display_id?: string; update?: boolean }): Promise<void>;
  broadcast(type: string, content: object): Promise<void>;
}

/** Deno's kernel, if this runs in it. */
export function denoJupyter(realm: object = globalThis): DenoJupyter | null {
  try {
    return (realm as { Deno?: { jupyter?: DenoJupyter } }).Deno?.jupyter ?? null;
  } catch {
    return null; // elsewhere in Deno the mere question is an error
  }
}

/** Deno's kernel as a host: an id that was shown before is updated. */
export function denoHost(jupyter: DenoJupyter): Host {
  const shown = new Set<string>();
  return {
    display(value, { id }) {
      const options = id === undefined ? {} : { display_id: id, update: shown.has(id) };
      if (id !== undefined) shown.add(id);
      void jupyter.display(value, options);
    },
    clearOutput: ({ wait = false }) => void jupyter.broadcast("clear_output", { wait }),
    note: (text) => void jupyter.broadcast("stream", { name: "stdout", text: `${text}\n` }),
  };
}
