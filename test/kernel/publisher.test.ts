import { expect, test } from "vitest";
import { Subscriber, XPublisher } from "zeromq";
import { Publisher, publishing } from "../../kernel/src/wire/publisher.ts";
import { Sender } from "../../kernel/src/wire/sender.ts";

/** So many and such large messages that no buffer on the way holds them all. */
const COUNT = 3000;
const SIZE = 100_000;

test("A subscriber that does not read misses messages, which are not kept; one that reads has them all", async () => {
  const socket = new XPublisher({ ...publishing, linger: 0 });
  socket.verbosity = "allSubs";
  const publisher = new Publisher(socket, 0);
  await socket.bind("tcp://127.0.0.1:*");
  const [reading, stalled] = [1, 2].map(() => new Subscriber({ linger: 0, receiveHighWaterMark: 1 }));
  try {
    for (const subscriber of [reading, stalled]) {
      subscriber.connect(socket.lastEndpoint ?? "");
      subscriber.subscribe();
      await socket.receive(); // the subscription
    }
    for (let i = 0; i < COUNT; i++) {
      const message = Buffer.alloc(SIZE);
      message.writeUInt32LE(i);
      await publisher.send([message]);
      expect((await reading.receive())[0].readUInt32LE()).toBe(i);
    }
    stalled.receiveTimeout = 2000;
    let last = -1;
    let heard = 0;
    for (; last < COUNT - 1; heard++) {
      const [message] = await stalled.receive().catch(() => [undefined]);
      if (!message) break;
      last = message.readUInt32LE();
    }
    expect(heard).toBeGreaterThan(0);
    expect(heard).toBeLessThan(COUNT);
  } finally {
    for (const each of [socket, reading, stalled]) each.close();
  }
});

test("A subscriber that reads slowly is waited for, and misses nothing", async () => {
  const socket = new XPublisher({ ...publishing, linger: 0 });
  const publisher = new Publisher(socket, Number.POSITIVE_INFINITY);
  await socket.bind("tcp://127.0.0.1:*");
  const slow = new Subscriber({ linger: 0, receiveHighWaterMark: 1 });
  try {
    slow.connect(socket.lastEndpoint ?? "");
    slow.subscribe();
    await socket.receive();
    let sent = 0;
    const sending = (async () => {
      for (; sent < COUNT; sent++) {
        const message = Buffer.alloc(SIZE);
        message.writeUInt32LE(sent);
        await publisher.send([message]);
      }
    })();
    let most = 0;
    for (let i = 0; i < COUNT; i++) {
      const [message] = await slow.receive();
      expect(message.readUInt32LE()).toBe(i);
      most = Math.max(most, sent - i);
      await new Promise(setImmediate);
    }
    await sending;
    expect(most).toBeLessThan(COUNT);
  } finally {
    for (const each of [socket, slow]) each.close();
  }
});

test("A sender with many messages before it has no room until they are sent", async () => {
  const taken: (() => void)[] = [];
  const sender = new Sender({ send: () => new Promise((resolve) => taken.push(resolve)) });
  await sender.room();
  for (let i = 0; i < 1000; i++) sender.send([]);
  let hasRoom = false;
  const room = sender.room().then(() => {
    hasRoom = true;
  });
  for (let i = 0; i < 1000; i++) {
    await new Promise(setImmediate);
    expect(hasRoom, `after ${i}`).toBe(false);
    taken[i]();
  }
  await room;
});
