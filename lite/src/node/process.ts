/** `process`, as far as the kernel and notebooks use it. */
import { DRIVE } from "./files.ts";

type Listener = (...values: never[]) => void;
const listeners = new Map<string, Set<Listener>>();

function emit(event: string, ...values: unknown[]): void {
  for (const hear of listeners.get(event) ?? []) hear(...(values as never[]));
}

// What nobody listens to goes on to the page, which then knows that the worker is broken.
self.addEventListener("error", (event) => {
  if (!listeners.has("uncaughtException")) return;
  event.preventDefault();
  emit("uncaughtException", event.error ?? new Error(event.message));
});
self.addEventListener("unhandledrejection", (event) => {
  if (!listeners.has("unhandledRejection")) throw event.reason;
  event.preventDefault();
  emit("unhandledRejection", event.reason, event.promise);
});
self.addEventListener("rejectionhandled", (event) => emit("rejectionHandled", event.promise));

const start = performance.now();
const version = "24.0.0";
const stream = () => ({ write: (_text: string | Uint8Array): boolean => true, isTTY: false, columns: 80 });

export const process = {
  argv: ["node"],
  arch: "wasm",
  env: {} as Record<string, string | undefined>,
  execPath: "",
  pid: 1,
  platform: "browser",
  /** By this libraries that look for Node know better. */
  browser: true,
  version: `v${version}`,
  versions: { node: version },
  stdout: stream(),
  stderr: stream(),
  cwd: (): string => DRIVE,
  uptime: (): number => (performance.now() - start) / 1000,
  nextTick: (run: (...values: unknown[]) => void, ...values: unknown[]): void =>
    queueMicrotask(() => run(...values)),
  hrtime: Object.assign(
    (): [number, number] => [
      Math.floor(performance.now() / 1000),
      Math.round((performance.now() % 1000) * 1e6),
    ],
    { bigint: (): bigint => BigInt(Math.round(performance.now() * 1e6)) },
  ),
  memoryUsage(): Record<string, number> {
    const { usedJSHeapSize = 0, totalJSHeapSize = 0 } =
      (performance as { memory?: Record<string, number> }).memory ?? {};
    return {
      rss: totalJSHeapSize,
      heapTotal: totalJSHeapSize,
      heapUsed: usedJSHeapSize,
      external: 0,
      arrayBuffers: 0,
    };
  },
  /** A browser does not say what it waits for. */
  getActiveResourcesInfo: (): string[] => [],
  exit(): void {},
  abort(): void {},
  emitWarning: (message: string): void => emit("warning", { name: "Warning", message }),
  on(event: string, hear: Listener): unknown {
    listeners.set(event, (listeners.get(event) ?? new Set()).add(hear));
    return process;
  },
  off(event: string, hear: Listener): unknown {
    listeners.get(event)?.delete(hear);
    return process;
  },
  removeAllListeners(event: string): unknown {
    listeners.delete(event);
    return process;
  },
};
