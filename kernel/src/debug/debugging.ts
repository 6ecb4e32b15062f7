/** The kernel's door to its debugger, which is loaded when a front end first wants it. */

import type { Content } from "../bridge.ts";
import type { CompiledCell } from "../language/protocol.ts";
import type { Adapter, Surroundings } from "./adapter.ts";
import { NAMING } from "./paths.ts";
import { CAPABILITIES, type DebugRequest } from "./protocol.ts";

export class Debugging {
  readonly #around: Surroundings;
  #adapter: Promise<Adapter> | undefined;
  #count = 0;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** The content of the reply to a `debug_request`. */
  async answer(request: DebugRequest): Promise<Content> {
    const { seq = 0, command } = request;
    const about = { type: "response", seq: ++this.#count, request_seq: seq, command };
    try {
      return { ...about, success: true, body: await this.#body(request) };
    } catch (error) {
      return {
        ...about,
        success: false,
        message: error instanceof Error ? error.message : String(error),
        body: {},
      };
    }
  }

  /** Lets the debugger know a cell before it runs. */
  async prepare(run: number, source: string, compiled: CompiledCell): Promise<void> {
    if (this.#adapter) await (await this.#adapter).prepare(run, source, compiled);
  }

  /** Lets nothing stand still until `meanwhile` is done, as an interrupt must not wait for a person. */
  async release(meanwhile: Promise<unknown>): Promise<void> {
    if (this.#adapter) await (await this.#adapter).release(meanwhile);
  }

  /** Leaves a program that is about to end: Node would wait for a debugger to be gone. */
  async close(): Promise<void> {
    (await this.#adapter)?.close();
  }

  async #body(request: DebugRequest): Promise<Content> {
    switch (request.command) {
      case "initialize":
        return CAPABILITIES;
      case "debugInfo":
        return {
          isStarted: this.#adapter !== undefined,
          ...NAMING,
          richRendering: true,
          exceptionPaths: [],
          copyToGlobals: false,
          ...((await this.#adapter)?.state() ?? { breakpoints: [], stoppedThreads: [] }),
        };
      case "attach":
        this.#adapter ??= this.#attach();
        await this.#adapter;
        return {};
      case "disconnect": {
        const adapter = this.#adapter;
        this.#adapter = undefined;
        await (await adapter)?.detach();
        return {};
      }
      default: {
        if (!this.#adapter) throw new Error(`Cannot ${request.command}: the debugger is not attached`);
        return await (await this.#adapter).answer(request);
      }
    }
  }

  async #attach(): Promise<Adapter> {
    try {
      const { Adapter: Loaded } = await import("./adapter.ts");
      const adapter = new Loaded(this.#around);
      await adapter.attach();
      return adapter;
    } catch (error) {
      this.#adapter = undefined;
      throw error;
    }
  }
}
