/** A process without the key of the connection file, which can still write to every port of a kernel. */

import { connect } from "node:net";

/** Writes bytes to a port; resolves when the kernel has read them all, and closed the connection. */
export function sendBytes(port: number, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {}); // a kernel may well hang up in the middle
    socket.on("close", () => resolve());
    socket.resume();
    socket.end(bytes);
  });
}

/** How zeromq's protocol begins, version 3.0 without encryption. */
const GREETING = Buffer.concat([
  Buffer.from("ff00000000000000007f0300", "hex"),
  Buffer.from("NULL".padEnd(20, "\0")),
  Buffer.alloc(32),
]);

/** A greeting, a handshake as a socket of this type, and then `rest`. */
export function zeromqBytes(type: string, rest: Uint8Array): Buffer {
  return Buffer.concat([GREETING, command("READY", property("Socket-Type", type)), rest]);
}

/** A command of zeromq's protocol. */
export function command(name: string, body: Uint8Array = Buffer.alloc(0)): Buffer {
  const bytes = Buffer.concat([short(name), body]);
  return Buffer.concat([Buffer.from([0x04, bytes.length]), bytes]);
}

/** A message of one frame. */
export function frame(body: string): Buffer {
  return Buffer.concat([Buffer.from([0x00]), short(body)]);
}

function property(name: string, value: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(value.length);
  return Buffer.concat([short(name), length, Buffer.from(value)]);
}

function short(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);
}
