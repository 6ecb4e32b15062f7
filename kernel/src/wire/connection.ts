/** The connection file that a Jupyter front end hands to the kernel it starts. */

import { readFileSync } from "node:fs";

export type Channel = "shell" | "control" | "stdin" | "iopub" | "hb";

export interface Connection {
  readonly transport: "tcp" | "ipc";
  readonly ip: string;
  readonly shell_port: number;
  readonly control_port: number;
  readonly stdin_port: number;
  readonly iopub_port: number;
  readonly hb_port: number;
  readonly key: string;
  readonly signature_scheme: string;
  /** Keys of an encrypted transport, in Z85; given together or not at all. */
  readonly curve_publickey?: string;
  readonly curve_secretkey?: string;
}

/** Reads a connection file; throws a sentence where the kernel cannot serve what it asks for. */
export function readConnection(file: string): Connection {
  const connection = parse(file);
  const { transport, key, signature_scheme, curve_publickey, curve_secretkey } = connection;
  if (transport !== "tcp" && transport !== "ipc") {
    throw new Error(`Cannot open sockets by ${transport}: this kernel knows tcp and ipc only`);
  }
  if (typeof key !== "string") throw new Error("Cannot sign messages: the connection file has no key");
  if (key && signature_scheme !== "hmac-sha256") {
    throw new Error(`Cannot sign messages by ${signature_scheme}: this kernel knows hmac-sha256 only`);
  }
  // Served without encryption, the front end would take for secret what everybody can read.
  if (Boolean(curve_publickey) !== Boolean(curve_secretkey)) {
    const [there, missing] = curve_publickey ? ["public", "secret"] : ["secret", "public"];
    throw new Error(
      `Cannot encrypt messages: the connection file has curve_${there}key, but no curve_${missing}key`,
    );
  }
  return connection;
}

function parse(file: string): Connection {
  try {
    const content: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof content !== "object" || content === null) throw new Error("it holds no object");
    return content as Connection; // what its fields hold is looked at where they are read
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new Error(`Cannot read the connection file ${file}: ${reason}`);
  }
}

/** The address a channel is bound to. */
export function address(connection: Connection, channel: Channel): string {
  return `${connection.transport}://${place(connection, channel)}`;
}

/** Where a channel is: the host and the port, or the path of its file. */
export function place(connection: Connection, channel: Channel): string {
  const separator = connection.transport === "ipc" ? "-" : ":";
  return `${connection.ip}${separator}${connection[`${channel}_port`]}`;
}
