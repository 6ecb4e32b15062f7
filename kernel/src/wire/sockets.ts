/** The five sockets of a kernel, bound to the ports of its connection file. */

import { chmodSync } from "node:fs";
import { Router, type Socket, XPublisher } from "zeromq";
import { address, type Channel, type Connection, place } from "./connection.ts";
import { log } from "./log.ts";
import { publishing } from "./publisher.ts";

export interface Sockets {
  readonly shell: Router;
  readonly control: Router;
  readonly stdin: Router;
  /** Subscriptions are visible here, so that a client can be told that it will miss nothing from now on. */
  readonly iopub: XPublisher;
  /** A router, since a reply socket stops at the first message that does not come from a request socket. */
  readonly hb: Router;
}

// No reply is dropped, however slowly a front end reads; a front end that is gone delays the exit little.
const OPTIONS = { sendHighWaterMark: 0, receiveHighWaterMark: 0, linger: 100 } as const;

// A front end that comes back under its name takes the place of what was left of it, as with other kernels.
const ROUTER = { ...OPTIONS, handover: true } as const;

export async function bindSockets(connection: Connection): Promise<Sockets> {
  const sockets: Sockets = {
    shell: new Router(ROUTER),
    control: new Router(ROUTER),
    stdin: new Router(ROUTER),
    iopub: new XPublisher({ ...publishing, linger: 100 }),
    hb: new Router({ linger: 0 }),
  };
  sockets.iopub.verbosity = "allSubs";
  try {
    for (const [channel, socket] of Object.entries(sockets) as [Channel, Socket][]) {
      await bind(socket, connection, channel);
    }
  } catch (error) {
    closeSockets(sockets);
    throw error;
  }
  return sockets;
}

async function bind(socket: Socket, connection: Connection, channel: Channel): Promise<void> {
  try {
    if (connection.curve_secretkey && connection.curve_publickey) {
      const server = socket as Router; // every server socket has the same security options
      server.curveServer = true;
      server.curveSecretKey = connection.curve_secretkey;
      server.curvePublicKey = connection.curve_publickey;
    }
    await socket.bind(address(connection, channel));
    // Where zeromq makes a file, other users may have got the right to write to it.
    if (connection.transport === "ipc") chmodSync(place(connection, channel), 0o600);
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new Error(`Cannot open the ${channel} channel at ${address(connection, channel)}: ${reason}`);
  }
}

export function closeSockets(sockets: Sockets): void {
  for (const socket of Object.values(sockets) as Socket[]) socket.close();
}

/** The part of a zeromq socket that a reader needs. */
interface Readable {
  readonly closed: boolean;
  receive(): Promise<Buffer[]>;
}

/**
 * What arrives at a socket for as long as it is open, whatever that is.
 *
 * Bytes of a stranger can make zeromq announce a message that is not there, so that receiving it throws EAGAIN; its own
 * iterator ends there, and with it all that the socket is for.
 */
export async function* arrivals(socket: Readable): AsyncGenerator<Buffer[], void> {
  while (!socket.closed) {
    try {
      yield await socket.receive();
    } catch (error) {
      if (socket.closed) return;
      log(error);
      await new Promise(setImmediate); // others have their turn, should every attempt fail
    }
  }
}
