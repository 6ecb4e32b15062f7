/** A process without the key of the connection file, which can still write to every port of a kernel. */

import { connect } from "node:net";

/** What a stranger says: its side of a handshake, where it makes one, and then any bytes. */
export interface Speech {
  readonly handshake?: Uint8Array;
  readonly bytes: Uint8Array;
}

/** The length of a greeting, with which both sides begin. */
const GREETED = 64;

/** Says something to a port; resolves when the kernel has read it all, and closed the connection. */
export function say(port: number, { handshake, bytes }: Speech): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {}); // a kernel may well hang up in the middle
    socket.on("close", () => resolve());
    if (!handshake) {
      socket.resume();
      socket.end(bytes);
      return;
    }
    let heard = Buffer.alloc(0);
    socket.on("data", (chunk: Buffer) => {
      heard = Buffer.concat([heard, chunk]);
      // A command is two bytes longer than its second one says. What comes before the other's is not read as a message.
      const isDone = heard.length > GREETED + 1 && heard.length >= GREETED + 2 + heard[GREETED + 1];
      if (isDone && !socket.writableEnded) socket.end(bytes);
    });
    socket.write(handshake);
  });
}

/** How zeromq's protocol begins, version 3.0 without encryption. */
const GREETING = Buffer.concat([
  Buffer.from("ff00000000000000007f0300", "hex"),
  Buffer.from("NULL".padEnd(20, "\0")),
  Buffer.alloc(32),
]);

/** Bytes behind a handshake as a socket of this type makes it. */
export function asPeer(type: string, bytes: Uint8Array): Speech {
  const ready = command("READY", property("Socket-Type", type));
  return { handshake: Buffer.concat([GREETING, ready]), bytes };
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
