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

export function readConnection(file: string): Connection {
  const connection = JSON.parse(readFileSync(file, "utf8")) as Connection;
  if (connection.key && connection.signature_scheme !== "hmac-sha256") {
    throw new Error(
      `Cannot sign messages by ${connection.signature_scheme}: this kernel knows hmac-sha256 only`,
    );
  }
  return connection;
}

/** The address a channel is bound to. */
export function address(connection: Connection, channel: Channel): string {
  const port = connection[`${channel}_port`];
  const separator = connection.transport === "ipc" ? "-" : ":";
  return `${connection.transport}://${connection.ip}${separator}${port}`;
}
