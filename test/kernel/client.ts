/** A small Jupyter client for tests: starts the real kernel process and speaks to it over real sockets. */

import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Dealer, Request, Subscriber } from "zeromq";
import { kernelspec } from "../../kernel/src/command/kernelspec.ts";

// biome-ignore lint/suspicious/noExplicitAny: what a message holds differs by its type
type Json = Record<string, any>;

export interface Message {
  readonly type: string;
  readonly header: Json;
  readonly parent: Json;
  readonly content: Json;
}

/** All that came of one cell, until its `idle`. */
export interface Ran {
  readonly reply: Json;
  /** What was published for the cell, in order, its two `status` messages left out. */
  readonly published: readonly Message[];
  /** The texts of a stream, joined. */
  text(name?: "stdout" | "stderr"): string;
  /** The content of the first message of a type. */
  first(type: string): Json | undefined;
}

export interface StartOptions {
  /** The notebook's folder; an empty one without it. */
  readonly folder?: string;
  readonly env?: Record<string, string>;
  /** How front ends reach the kernel; by TCP without it. */
  readonly transport?: "tcp" | "ipc";
  /** Whether the kernel's log is only kept, and not shown as well. */
  readonly quiet?: boolean;
  /** A command that starts the kernel's command, which is appended. */
  readonly starter?: readonly string[];
  /** The command of another kernel, to which the connection file is appended. */
  readonly other?: readonly string[];
  /** Answers `prompt()`; without it the client takes no input. */
  readonly input?: (prompt: string) => string | undefined;
}

type Channel = "shell" | "control" | "stdin";

/** The port of each socket of a kernel. */
export type Ports = Readonly<Record<Channel | "iopub" | "hb", number>>;

const COMMAND = fileURLToPath(new URL("../../kernel/bin/gradbook.js", import.meta.url));
/** As the kernelspec starts it, but for the size of its heap. */
const { argv, env } = kernelspec();
const FLAGS = argv.filter((argument) => argument.startsWith("--") && !argument.includes("old-space"));
const DELIMITER = "<IDS|MSG>";

export class KernelClient {
  readonly #key = randomUUID();
  readonly #session = randomUUID();
  readonly #awaited = new Map<string, (message: Message) => void>();
  readonly #listeners = new Set<(message: Message) => void>();
  readonly #scratch: string;
  readonly #dealers: Readonly<Record<Channel, Dealer>>;
  readonly #subscriber = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
  readonly #heart = new Request({ linger: 0 });
  readonly #input: StartOptions["input"];
  #sending: Promise<void> = Promise.resolve();
  /** Everything heard on iopub, in order. */
  readonly heard: Message[] = [];
  /** Every answer to a request, in order. */
  readonly replies: Message[] = [];
  readonly ports: Ports;
  /** The host, or how the paths of the sockets begin. */
  readonly ip: string;
  readonly process: ChildProcess;
  readonly #exit: Promise<number | null>;
  /** What the kernel has written into Jupyter's log. */
  log = "";
  /** When the process was started, as `performance.now()` counts. */
  readonly startedAt: number;

  static async start(options: StartOptions = {}): Promise<KernelClient> {
    const ports = await freePorts(5);
    const client = new KernelClient(options, ports);
    const died = client.exited().then((code) => {
      throw new Error(`The kernel ended with code ${code} before it answered`);
    });
    await Promise.race([client.published(({ type }) => type === "iopub_welcome"), died]);
    died.catch(() => {}); // later on, its end is expected
    return client;
  }

  private constructor(options: StartOptions, ports: readonly number[]) {
    this.#scratch = mkdtempSync(join(tmpdir(), "gradbook-kernel-"));
    this.#input = options.input;
    const [shell, control, stdin, iopub, hb] = ports;
    this.ports = { shell, control, stdin, iopub, hb };
    const { transport = "tcp" } = options;
    this.ip = transport === "tcp" ? "127.0.0.1" : join(this.#scratch, "socket");
    const address = (port: number) => `${transport}://${this.ip}${transport === "tcp" ? ":" : "-"}${port}`;
    const connection = {
      transport,
      ip: this.ip,
      ...{ shell_port: shell, control_port: control, stdin_port: stdin, iopub_port: iopub, hb_port: hb },
      key: this.#key,
      signature_scheme: "hmac-sha256",
    };
    const file = join(this.#scratch, "connection.json");
    writeFileSync(file, JSON.stringify(connection));
    const routingId = randomUUID();
    const dealer = () => new Dealer({ routingId, linger: 0, sendHighWaterMark: 0, receiveHighWaterMark: 0 });
    this.#dealers = { shell: dealer(), control: dealer(), stdin: dealer() };
    for (const channel of ["shell", "control", "stdin"] as const) {
      this.#dealers[channel].connect(address(this.ports[channel]));
    }
    this.#subscriber.connect(address(iopub));
    this.#subscriber.subscribe();
    this.#heart.connect(address(hb));
    this.startedAt = performance.now();
    const kernel = options.other ?? [process.execPath, ...FLAGS, COMMAND, "kernel"];
    const [command, ...rest] = [...(options.starter ?? []), ...kernel, file];
    this.process = spawn(command, rest, {
      cwd: options.folder ?? this.#scratch,
      // A kernel of a test run that is broken off ends with it.
      env: {
        ...process.env,
        ...env,
        JUPYTER_DATA_DIR: this.#scratch,
        JPY_PARENT_PID: String(process.pid),
        ...options.env,
      },
      stdio: ["ignore", "inherit", "pipe"],
    });
    this.#exit = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.stderr?.on("data", (chunk: Buffer) => {
      this.log += chunk;
      if (!options.quiet) process.stderr.write(chunk);
    });
    void this.#listen(this.#dealers.shell);
    void this.#listen(this.#dealers.control);
    void this.#listen(this.#dealers.stdin);
    void this.#hear();
  }

  /** Sends a message; answers its id. */
  send(channel: Channel, type: string, content: Json, metadata: Json = {}, parent: Json = {}): string {
    const header = {
      msg_id: randomUUID(),
      msg_type: type,
      session: this.#session,
      username: "test",
      date: new Date().toISOString(),
      version: "5.5",
    };
    this.sendFrames(
      channel,
      this.frames([header, parent, metadata, content].map((part) => JSON.stringify(part))),
    );
    return header.msg_id;
  }

  /** The frames of a well-signed message that is made of anything. */
  frames(parts: readonly string[]): string[] {
    return [DELIMITER, this.#sign(parts), ...parts];
  }

  /** Sends frames, whatever they are. */
  sendFrames(channel: Channel, frames: (string | Buffer)[]): void {
    this.#sending = this.#sending.then(() => this.#dealers[channel].send(frames));
  }

  /** Sends a request and waits for its reply. */
  request(type: string, content: Json = {}, channel: Channel = "shell"): Promise<Json> {
    const id = this.send(channel, `${type}_request`, content);
    return this.reply(id).then((message) => message.content);
  }

  /** Runs a cell; answers when its reply and its `idle` are both there. */
  async run(code: string, options: Json = {}, metadata: Json = {}): Promise<Ran> {
    const content = {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: this.#input !== undefined,
      stop_on_error: true,
      ...options,
    };
    const id = this.send("shell", "execute_request", content, metadata);
    const [reply] = await Promise.all([this.reply(id), this.#idle(id)]);
    const published = this.heard.filter(
      (message) => message.parent.msg_id === id && message.type !== "status",
    );
    return {
      reply: reply.content,
      published,
      text: (name = "stdout") =>
        published
          .filter(({ type, content }) => type === "stream" && content.name === name)
          .map(({ content }) => content.text)
          .join(""),
      first: (type) => published.find((message) => message.type === type)?.content,
    };
  }

  /** Resolves with the first published message, from now on, that passes the test. */
  published(test: (message: Message) => boolean): Promise<Message> {
    return new Promise((resolve) => {
      const listener = (message: Message) => {
        if (!test(message)) return;
        this.#listeners.delete(listener);
        resolve(message);
      };
      this.#listeners.add(listener);
    });
  }

  /** Sends a heartbeat; resolves when it comes back. */
  async heartbeat(): Promise<string> {
    await this.#heart.send("ping");
    const [echo] = await this.#heart.receive();
    return echo.toString();
  }

  /** Asks what an honest front end asks, on every channel but stdin; throws if the kernel dies of what came before. */
  async expectAlive(): Promise<void> {
    const question = this.send("shell", "kernel_info_request", {});
    const answers = Promise.all([
      this.reply(question),
      this.#idle(question),
      this.request("kernel_info", {}, "control"),
      this.heartbeat(),
    ]);
    const died = this.exited().then((code) => {
      throw new Error(`The kernel ended with code ${code}`);
    });
    await Promise.race([answers, died]);
    died.catch(() => {});
  }

  interrupt(): Promise<Json> {
    return this.request("interrupt", {}, "control");
  }

  /** Resolves with the exit code when the process is gone. */
  exited(): Promise<number | null> {
    return this.#exit;
  }

  /** Ends the kernel, politely at first, and takes away what the client made. */
  async stop(): Promise<void> {
    if (this.process.exitCode === null && !this.process.signalCode) {
      this.send("control", "shutdown_request", { restart: false });
      const timer = setTimeout(() => this.process.kill("SIGKILL"), 3000);
      await this.exited();
      clearTimeout(timer);
    }
    for (const dealer of Object.values(this.#dealers)) dealer.close();
    this.#subscriber.close();
    this.#heart.close();
    rmSync(this.#scratch, { recursive: true, force: true });
  }

  /** Resolves with the reply to a message that was sent just now. */
  reply(id: string): Promise<Message> {
    return new Promise((resolve) => this.#awaited.set(id, resolve));
  }

  #idle(id: string): Promise<Message> {
    return this.published(
      ({ type, content, parent }) =>
        type === "status" && content.execution_state === "idle" && parent.msg_id === id,
    );
  }

  async #listen(dealer: Dealer): Promise<void> {
    for await (const frames of dealer) {
      const message = this.#read(frames);
      if (message.type === "input_request") {
        const value = this.#input?.(message.content.prompt);
        if (value !== undefined)
          this.send("stdin", "input_reply", { status: "ok", value }, {}, message.header);
        continue;
      }
      this.replies.push(message);
      this.#awaited.get(message.parent.msg_id)?.(message);
      this.#awaited.delete(message.parent.msg_id);
    }
  }

  async #hear(): Promise<void> {
    for await (const frames of this.#subscriber) {
      const message = this.#read(frames);
      this.heard.push(message);
      for (const listener of this.#listeners) listener(message);
    }
  }

  #read(frames: readonly Buffer[]): Message {
    const start = frames.findIndex((frame) => frame.toString() === DELIMITER);
    const [signature, ...parts] = frames.slice(start + 1).map(String);
    if (signature !== this.#sign(parts)) throw new Error("The kernel sent a message with a wrong signature");
    const [header, parent, , content] = parts.map((part) => JSON.parse(part));
    return { type: header.msg_type, header, parent, content };
  }

  #sign(parts: readonly string[]): string {
    const hmac = createHmac("sha256", this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) => {
          server.listen(0, "127.0.0.1", () => {
            const address = server.address();
            if (typeof address === "object" && address) resolve(address.port);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
