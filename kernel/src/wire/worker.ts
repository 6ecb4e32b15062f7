/** The wire worker: holds the sockets, so that the kernel answers no matter what user code does. */

import { setTimeout as pause } from "node:timers/promises";
import { workerData } from "node:worker_threads";
import type { Router } from "zeromq";
import type { Content, WireData } from "../bridge.ts";
import { Debugging } from "../debug/debugging.ts";
import type { DebugRequest } from "../debug/protocol.ts";
import { connectLanguage } from "../language/client.ts";
import { Comms } from "./comms.ts";
import type { Connection } from "./connection.ts";
import { Execution } from "./execution.ts";
import { History } from "./history.ts";
import { HistoryFile } from "./history-file.ts";
import { Input } from "./input.ts";
import { Iopub } from "./iopub.ts";
import { kernelInfo } from "./kernel-info.ts";
import { log } from "./log.ts";
import { watchMemory } from "./memory-watch.ts";
import { Codec, Malformed, type Message } from "./message.ts";
import { watchParent } from "./parent-watch.ts";
import { Queue } from "./queue.ts";
import { type Answered, answerers } from "./requests.ts";
import { isKnown } from "./schema.ts";
import { Sender } from "./sender.ts";
import { type Report, SessionLink } from "./session-link.ts";
import { arrivals, bindSockets, closeSockets, type Sockets } from "./sockets.ts";
import { targets } from "./targets.ts";

/** How long in ms user code that keeps the main thread may delay the end of the process. */
const FAREWELL = 100;

const data = workerData as WireData;
process.removeAllListeners("warning");
process.on("warning", ({ message }) => log(message));
const sockets = await open(data.connection);
const shell = new Sender(sockets.shell);
const control = new Sender(sockets.control);
const codec = new Codec(data.connection.key);
const iopub = new Iopub(sockets.iopub, codec);
const input = new Input(sockets.stdin, codec, data.answers, data.shared);
const history = new History(new HistoryFile());
const language = connectLanguage(data.language);
const session = new SessionLink(data.session, data.shared, hear);
const queue = new Queue(iopub);
const debugging: Debugging = new Debugging({
  runs: () => execution.runs,
  ready: () => session.ready,
  translate: (expression, locals) => language.watch(expression, locals),
  tell: (event, body) =>
    iopub.publish("debug_event", { type: "event", seq: 0, event, body }, execution.current),
});
const execution: Execution = new Execution({
  iopub,
  queue,
  language,
  session,
  history,
  debugging,
  reply: (request, content) => reply(shell, request, content),
});
const comms = new Comms(targets(data.sessionId, session, language), iopub, queue);
const answers = answerers(language, history, comms, kernelInfo(data), (path) => session.members(path));

void listen(sockets.shell, shell, (message) =>
  message.header.msg_type === "execute_request" ? execution.add(message) : receive(shell, message),
);
void listen(sockets.control, control, (message) => receive(control, message));
void listen(sockets.stdin, undefined, (message) => input.receive(message));
void welcomeSubscribers();
void echoHeartbeats();
watchParent(leave);
void session.ready.then(() =>
  watchMemory({
    limit: session.heapLimit,
    used: () => session.heapUsed(),
    stop: () => execution.interrupt("memory"),
  }),
);

/** Binds the sockets; where that cannot be, ends this worker, and the kernel with it. */
async function open(connection: Connection): Promise<Sockets> {
  try {
    return await bindSockets(connection);
  } catch (error) {
    log(error);
    return process.exit(2);
  }
}

/** Reads a socket for as long as the kernel lives; `sender` answers what cannot be obeyed. */
async function listen(
  socket: Router,
  sender: Sender | undefined,
  handle: (message: Message) => unknown,
): Promise<void> {
  for await (const frames of arrivals(socket)) void take(frames, sender, handle);
}

async function take(
  frames: readonly Buffer[],
  sender: Sender | undefined,
  handle: (message: Message) => unknown,
): Promise<void> {
  try {
    await handle(codec.decode(frames));
  } catch (error) {
    if (sender && error instanceof Malformed && isRequest(error.request)) {
      await queue.aside(error.request, () => reply(sender, error.request, failure(error)));
    } else log(error);
  }
}

/** Takes a message that is not a cell. */
async function receive(sender: Sender, message: Message): Promise<void> {
  const type = message.header.msg_type;
  if (/^comm_(open|msg|close)$/.test(type)) {
    await comms.receive(message);
    return;
  }
  if (!isKnown(type)) log(`Cannot answer ${type}: this kernel does not know it`);
  await queue.aside(message, async () => {
    const content = await contentFor(type, message.content);
    if (content) reply(sender, message, content);
  });
  if (type === "shutdown_request") await leave();
}

/** The content of a reply; undefined where there is none. */
async function contentFor(type: string, request: Content): Promise<Content | undefined> {
  if (type === "interrupt_request") {
    interrupt();
    return { status: "ok" };
  }
  if (type === "debug_request" && data.hasDebugger)
    return debugging.answer(request as unknown as DebugRequest);
  if (type === "shutdown_request") return { status: "ok", restart: request.restart === true };
  if (!Object.hasOwn(answers, type)) return undefined;
  try {
    // The schema has seen that the content is what a request of this type holds.
    return await answers[type as Answered](request as never);
  } catch (error) {
    return failure(error);
  }
}

function isRequest(message: Message): boolean {
  return message.header.msg_type.endsWith("_request");
}

/** The content of a reply that says what went wrong. */
function failure(error: unknown): Content {
  const ename = error instanceof Error ? error.name : "Error";
  return { status: "error", ename, evalue: reason(error), traceback: [] };
}

function interrupt(): void {
  input.interrupt();
  execution.interrupt().catch(log);
}

/** Passes on what the session says of its own accord; a promise where it should say no more for now. */
function hear(report: Report): Promise<void> | undefined {
  if (report.type === "signal") {
    interrupt();
    return undefined;
  }
  const audience = execution.audience(report.cell);
  switch (report.type) {
    case "input":
      // What was printed before the question must be seen before it.
      void iopub.flushed().then(() => input.ask(report.prompt, execution.origin(report.cell)));
      break;
    case "stream":
      if (audience) iopub.stream(report.name, report.text, audience);
      return iopub.room();
    case "publish":
      if (audience) iopub.publish(report.kind, report.content, audience, report.extra);
      return iopub.room();
  }
  return undefined;
}

function reply(sender: Sender, request: Message, content: Content): void {
  const type = request.header.msg_type.replace(/_request$/, "_reply");
  sender.send(codec.encode(codec.create(type, content, request, request.identities)));
}

/**
 * Subscriptions arrive as frames: a byte that is 1 for a new one, and the topic. Nobody hears of the start before, and
 * the first to hear anything is welcomed first.
 */
async function welcomeSubscribers(): Promise<void> {
  let isStarting = true;
  for await (const [frame] of arrivals(sockets.iopub)) {
    if (frame[0] !== 1) continue;
    iopub.welcome(frame.subarray(1).toString());
    if (isStarting) iopub.status("starting");
    isStarting = false;
  }
}

async function echoHeartbeats(): Promise<void> {
  const heart = new Sender(sockets.hb);
  for await (const frames of arrivals(sockets.hb)) heart.send(frames);
}

/** Ends the process, with everything sent that was to be sent. */
async function leave(): Promise<void> {
  iopub.hurry();
  await Promise.all([shell.flushed(), control.flushed(), iopub.flushed()]);
  // Sockets that are open when the process ends bring zeromq down with it.
  closeSockets(sockets);
  await debugging.close();
  session.exit();
  await pause(FAREWELL);
  process.kill(process.pid, "SIGKILL");
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
