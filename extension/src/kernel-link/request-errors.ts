/** The two ways a request to the kernel can fail: the kernel refuses it, or nobody answers. */

/** The kernel answered that it cannot do what was asked; the message is its own. */
export class RequestRefused extends Error {
  override readonly name = "RequestRefused";
}

/** Why no answer will come. */
export type Loss = "closed" | "restarted" | "stopped" | "disconnected" | "disposed";

const sentences: Readonly<Record<Loss, string>> = {
  closed: "the kernel does not take such requests",
  restarted: "the kernel was restarted",
  stopped: "the kernel has stopped; start it again",
  disconnected: "the connection to the kernel was lost; try again",
  disposed: "what asked was closed",
};

/** No answer will come: the kernel, or the way to it, is gone or another one. */
export class RequestLost extends Error {
  override readonly name = "RequestLost";
  readonly loss: Loss;

  constructor(loss: Loss) {
    super(`Cannot ask the kernel: ${sentences[loss]}`);
    this.loss = loss;
  }
}
