/** `node:worker_threads`: ports that are listened to as in Node. */

/** One end of a line between two threads. */
export interface Port {
  on(event: "message" | "close", hear: (message: never) => void): void;
  postMessage(message: unknown): void;
}

/** A worker, or the page that a worker belongs to, as a port. */
export function portOf(end: Pick<Worker, "addEventListener" | "postMessage">): Port {
  return {
    on(event, hear) {
      if (event === "message") end.addEventListener("message", ({ data }) => hear(data as never));
    },
    postMessage: (message) => end.postMessage(message),
  };
}

/** There is none: a question is answered through the page, for which nobody can wait here. */
export const receiveMessageOnPort = (): undefined => undefined;

/** The page starts the workers, and tells them by messages what they are to do. */
export const workerData = undefined;
export const Worker = undefined;
