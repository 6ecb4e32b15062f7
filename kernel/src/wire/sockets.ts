/** The five sockets of a kernel, bound to the ports of its connection file. */

import { Reply, Router, type Socket, XPublisher } from "zeromq";
import { address, type Channel, type Connection } from "./connection.ts";

export interface Sockets {
  readonly shell: Router;
  readonly control: Router;
  readonly stdin: Router;
  /** Subscriptions are visible here, so that a client can be told that it will miss nothing from now on. */
  readonly iopub: XPublisher;
  readonly hb: Reply;
}

// Nothing is dropped, however slowly a front end reads; a front end that is gone delays the exit little.
const OPTIONS = { sendHighWaterMark: 0, receiveHighWaterMark: 0, linger: 100 } as const;

export async function bindSockets(connection: Connection): Promise<Sockets> {
  const sockets: Sockets = {
    shell: new Router(OPTIONS),
    control: new Router(OPTIONS),
    stdin: new Router(OPTIONS),
    iopub: new XPublisher({ sendHighWaterMark: 0, linger: 100 }),
    hb: new Reply({ linger: 0 }),
  };
  sockets.iopub.verbosity = "allSubs";
  for (const [channel, socket] of Object.entries(sockets) as [Channel, Socket][]) {
    if (connection.curve_secretkey && connection.curve_publickey) {
      const server = socket as Router; // every server socket has the same security options
      server.curveServer = true;
      server.curveSecretKey = connection.curve_secretkey;
      server.curvePublicKey = connection.curve_publickey;
    }
    await socket.bind(address(connection, channel));
  }
  return sockets;
}

export function closeSockets(sockets: Sockets): void {
  for (const socket of Object.values(sockets) as Socket[]) socket.close();
}
