/** A debugger of cells and local files: what front ends ask by the Debug Adapter Protocol, done by V8's inspector. */

import type { Debugger } from "node:inspector";
import type { Content } from "../bridge.ts";
import type { CompiledCell } from "../language/protocol.ts";
import { fileOf } from "../language/scope.ts";
import { type Asked, Breakpoints } from "./breakpoints.ts";
import { Inspector } from "./inspector.ts";
import { pathOfCell } from "./paths.ts";
import { type DebugRequest, THREAD } from "./protocol.ts";
import { NOT_OURS, type Runs, Scripts } from "./scripts.ts";
import { partsOf, Stopped, type Translate } from "./stopped.ts";

/** What a debugger needs of the kernel around it. */
export interface Surroundings {
  readonly runs: () => Runs;
  readonly translate: Translate;
  /** Resolves when there is a program to debug. */
  readonly ready: () => Promise<void>;
  /** Tells all front ends. */
  readonly tell: (event: string, body: Content) => void;
}

/** A step, and where it began. */
interface Step {
  readonly method: "Debugger.stepInto" | "Debugger.stepOut" | "Debugger.stepOver";
  readonly depth: number;
  readonly line: number | undefined;
}

/** The most steps of V8's that one of a person's is made of. */
const MOST_STEPS = 1000;

export class Adapter {
  readonly #around: Surroundings;
  readonly #inspector = new Inspector();
  readonly #scripts: Scripts;
  readonly #breakpoints: Breakpoints;
  #stopped: Stopped | undefined;
  #step: Step | undefined;
  #steps = 0;
  /** How long nothing may stop the program. */
  #released: Promise<unknown> | undefined;
  /** By command, from the arguments of a request to the body of its answer. */
  readonly #commands: Readonly<Record<string, (asked: Content) => Content | Promise<Content>>> = {
    configurationDone: () => ({}),
    threads: () => ({ threads: [{ id: THREAD, name: "Cells" }] }),
    dumpCell: ({ code }) => ({ sourcePath: pathOfCell(String(code)) }),
    setBreakpoints: (asked) => this.#setBreakpoints(asked),
    setExceptionBreakpoints: (asked) => this.#setExceptions(asked),
    source: (asked) => this.#source(asked),
    stackTrace: () => this.#program().stackTrace(),
    scopes: ({ frameId }) => this.#program().scopes(Number(frameId)),
    variables: async ({ variablesReference, ...range }) => ({
      variables: await partsOf(this.#inspector, Number(variablesReference), range),
    }),
    evaluate: (asked) => this.#evaluate(asked),
    inspectVariables: async () => ({
      variables: await partsOf(this.#inspector, await this.#inspector.ask<number>("globals"), {}),
    }),
    richInspectVariables: (asked) => this.#rich(asked),
    modules: () => this.#modules(),
    continue: async () => {
      await this.#resume();
      return { allThreadsContinued: true };
    },
    next: () => this.#stepBy("Debugger.stepOver"),
    stepIn: () => this.#stepBy("Debugger.stepInto"),
    stepOut: () => this.#stepBy("Debugger.stepOut"),
    pause: async () => {
      await this.#inspector.post("Debugger.pause");
      return {};
    },
  };

  constructor(around: Surroundings) {
    this.#around = around;
    this.#scripts = new Scripts(this.#inspector, around.runs());
    this.#breakpoints = new Breakpoints(this.#inspector, this.#scripts);
  }

  /** From now on the program can be stopped. */
  async attach(): Promise<void> {
    await this.#around.ready();
    this.#inspector.onPaused((event) => void this.#paused(event).catch(() => this.#resume()));
    this.#inspector.onResumed(() => this.#continued());
    await this.#inspector.post("Debugger.enable");
    await this.#inspector.post("Debugger.setBlackboxPatterns", { patterns: [NOT_OURS], skipAnonymous: true });
    await this.#inspector.post("Debugger.setAsyncCallStackDepth", { maxDepth: 0 });
    this.#around.tell("initialized", {});
  }

  /** The program goes on, and nothing stops it any more. */
  async detach(): Promise<void> {
    await this.#inspector.post("Debugger.disable");
    this.#continued();
    this.close();
  }

  /** Leaves the program as it is, as it is about to end. */
  close(): void {
    this.#inspector.close();
  }

  /** Knows a run of a cell that is about to begin. */
  async prepare(run: number, source: string, compiled: CompiledCell): Promise<void> {
    this.#step = undefined; // the cell in which it began is over
    this.#scripts.add(run, compiled);
    const files = compiled.modules.map(({ path }) => path);
    await this.#breakpoints.prepare(source, fileOf(run), files);
  }

  /** Lets the program go on, and stops it nowhere until `meanwhile` is done. */
  async release(meanwhile: Promise<unknown>): Promise<void> {
    await this.#inspector.post("Debugger.setSkipAllPauses", { skip: true });
    if (this.#stopped) await this.#resume();
    this.#released = meanwhile;
    await meanwhile.catch(() => {});
    if (this.#released === meanwhile)
      await this.#inspector.post("Debugger.setSkipAllPauses", { skip: false });
  }

  /** What a front end that comes later has to know. */
  state(): Content {
    return { breakpoints: this.#breakpoints.all(), stoppedThreads: this.#stopped ? [THREAD] : [] };
  }

  /** The body of the answer to a request; throws a sentence where there is none. */
  async answer({ command, arguments: asked = {} }: DebugRequest): Promise<Content> {
    if (!Object.hasOwn(this.#commands, command))
      throw new Error(`Cannot ${command}: this debugger has no such command`);
    return await this.#commands[command](asked);
  }

  #program(): Stopped {
    if (!this.#stopped) throw new Error("Cannot look into the program: it is not stopped");
    return this.#stopped;
  }

  async #setBreakpoints({ source, breakpoints }: Content): Promise<Content> {
    const { path } = source as { path: string };
    const asked = ((breakpoints ?? []) as Asked[]).map(({ line, condition }) => ({
      line,
      ...(condition && { condition }),
    }));
    return { breakpoints: await this.#breakpoints.replace(path, asked) };
  }

  async #setExceptions({ filters }: Content): Promise<Content> {
    const isAsked = Array.isArray(filters) && filters.length > 0;
    await this.#inspector.post("Debugger.setPauseOnExceptions", { state: isAsked ? "all" : "none" });
    return {};
  }

  async #source({ source }: Content): Promise<Content> {
    const { path } = source as { path: string };
    const content = await this.#scripts.sourceAt(path);
    if (content === undefined)
      throw new Error(`Cannot show ${path}: no cell and no file of the notebook is called so`);
    return { content, mimeType: "text/typescript" };
  }

  async #evaluate({ expression, frameId }: Content): Promise<Content> {
    const shown = await this.#program().evaluate(String(expression), frameId as number | undefined);
    return { result: shown.value, type: shown.type, variablesReference: shown.variablesReference };
  }

  async #rich({ variableName, frameId }: Content): Promise<Content> {
    const name = String(variableName);
    const data =
      this.#stopped && frameId !== undefined
        ? await this.#stopped.rich(name, Number(frameId))
        : await this.#inspector.ask<Content>("richVariable", name);
    return { data, metadata: {} };
  }

  #modules(): Content {
    const modules = this.#scripts.files().map(({ path, name }, id) => ({ id, name, path }));
    return { modules, totalModules: modules.length };
  }

  async #resume(): Promise<void> {
    this.#step = undefined;
    await this.#inspector.post("Debugger.resume");
  }

  async #stepBy(method: Step["method"]): Promise<Content> {
    const [frame] = this.#program().frames;
    this.#step = {
      method,
      depth: this.#program().frames.length,
      line: frame?.line,
    };
    this.#steps = 0;
    await this.#inspector.post(method);
    return {};
  }

  #continued(): void {
    if (!this.#stopped) return;
    this.#stopped = undefined;
    void this.#inspector.ask("forget").catch(() => {});
    this.#around.tell("continued", { threadId: THREAD, allThreadsContinued: true });
  }

  async #paused({ callFrames, reason, hitBreakpoints = [] }: Debugger.PausedEventDataType): Promise<void> {
    const stopped = await Stopped.at(callFrames, this.#scripts, this.#inspector, this.#around.translate);
    const step = this.#step;
    const isBreakpoint = hitBreakpoints.length > 0;
    if (stopped.frames.length === 0) return this.#resume();
    if (step && !isBreakpoint && this.#goesOn(step, stopped)) {
      await this.#inspector.post(step.method === "Debugger.stepOut" ? "Debugger.stepOver" : step.method);
      return;
    }
    this.#stopped = stopped;
    this.#step = undefined;
    const isThrown = reason === "exception" || reason === "promiseRejection";
    this.#around.tell("stopped", {
      reason: isBreakpoint ? "breakpoint" : isThrown ? "exception" : step ? "step" : "pause",
      threadId: THREAD,
      allThreadsStopped: true,
    });
  }

  /** Whether a step has not left the line yet, as V8 stops several times in many lines. */
  #goesOn({ line, depth }: Step, { frames }: Stopped): boolean {
    if (this.#steps++ > MOST_STEPS) return false;
    return frames.length === depth && frames[0].line === line;
  }
}
