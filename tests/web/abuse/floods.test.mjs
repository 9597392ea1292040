// Very many at once: connections, sockets, event streams, messages and requests.

import { siege } from "./attack.mjs";
import { all, some } from "./crowd.mjs";
import { frame, greeting, message, open, opcodes, ping, subscribing, talk } from "./socket.mjs";
import { asking, connect, get, harmless, json, post, send } from "./wire.mjs";

/** How many sockets, and how many event streams, one address may hold. */
const places = 2_500;
const more = 100;
const once = (of) => ({ times: 1, of });
const bomb = asking(`{ standards(filter: ${"[".repeat(14_000)}`);

/** Opens so many connections, a hundred at a time; then closes them and waits until one gets a place again. */
async function hold(count, opened) {
  const held = [];
  const outcome = await some(100, count, () => new Promise((done) => held.push(opened(done))));
  for (const socket of held) socket.destroy();
  const end = Date.now() + 10_000;
  while (!/^(101|200)$/.test(await glance(opened))) if (Date.now() > end) return `${outcome}, and no place afterwards`;
  return outcome;
}

/** Opens a connection, hears the first word and leaves. */
async function glance(opened) {
  let socket;
  const outcome = await new Promise((done) => (socket = opened(done)));
  socket.destroy();
  return outcome;
}

const socket = (done) => {
  const own = open((kind, heard) => {
    if (kind !== "status") return;
    own.write(greeting); // So that it may stay.
    done(heard);
  });
  return own.on("error", () => done("closed"));
};

const stream = (done) => {
  const own = connect();
  own.on("connect", () => own.write(post(asking("subscription { head { position } }"), ["Accept: text/event-stream", json[1]]).join("")));
  own.on("data", (bytes) => {
    const text = bytes.toString("latin1");
    if (text.startsWith("HTTP")) done([text.slice(9, 12), /"code":"([A-Z_]+)"/.exec(text)?.[1]].filter(Boolean).join(" "));
  });
  return own.on("error", () => done("closed"));
};

/** Sends frames on one socket and counts the messages that come back until so many came. */
function heard(frames, count) {
  return new Promise((done) => {
    const kinds = new Map();
    let left = count;
    const own = open((kind, payload) => {
      if (kind === "status") return frames.forEach((one) => own.write(one));
      if (kind !== opcodes.text) return;
      const { type, payload: said } = JSON.parse(payload);
      const word = type === "error" ? said[0].extensions.code : type;
      kinds.set(word, (kinds.get(word) ?? 0) + 1);
      if (--left === 0) end();
    });
    const end = () => {
      own.destroy();
      done(
        [...kinds]
          .map(([word, number]) => `${number} ${word}`)
          .sort()
          .join(", "),
      );
    };
    own.on("close", end);
    own.on("error", end);
  });
}

siege(
  "floods",
  [
    [
      `${places + more} sockets`,
      () => hold(places + more, socket),
      `${more} times 429 TOO_MANY_CONNECTIONS, ${places} times 101`,
      once(places),
    ],
    [
      `${places + more} event streams`,
      () => hold(places + more, stream),
      `${more} times 429 TOO_MANY_CONNECTIONS, ${places} times 200`,
      once(places),
    ],
    ["5,000 connections that leave at once", () => some(100, 5_000, leave), "5000 times left", once(5_000)],
    ["2,000 sockets that leave at once", () => some(100, 2_000, () => glance(socket)), "2000 times 101", once(2_000)],
    ["1,000 sockets that greet twice", () => some(100, 1_000, () => talk([greeting, greeting])), "1000 times closed 4429", once(1_000)],
    ["10,000 greetings on a socket", () => talk([greeting, ...Array(10_000).fill(greeting)]), "closed 4429", once(1)],
    [
      "10,000 operations on a socket",
      () => heard([greeting, ...operations(10_000)], 10_001),
      "1 connection_ack, 20 next, 9980 TOO_MANY_OPERATIONS",
      once(10_000),
    ],
    [
      "200 sockets with 20 subscriptions each",
      () => all(200, () => heard([greeting, ...operations(20)], 21)),
      "200 times 1 connection_ack, 20 next",
      once(4_000),
    ],
    [
      "10,000 pings on a socket",
      () => heard([greeting, ...Array(10_000).fill(ping)], 10_001),
      "1 connection_ack, 10000 pong",
      once(10_000),
    ],
    [
      "10,000 pings of WebSocket itself",
      () => talk([greeting, ...Array(10_000).fill(frame("ping", "x".repeat(125))), ping]),
      "pong",
      once(10_000),
    ],
    [
      "10,000 ends of nothing",
      () => talk([greeting, ...Array(10_000).fill(message("complete", { id: "none" })), ping]),
      "pong",
      once(10_000),
    ],
    ["1,000 bombs at once", () => all(1_000, () => send(post(bomb))), "1000 times 400 QUERY_TOO_DEEP", once(1_000)],
    [
      "1,000 bombs on sockets at once",
      () => all(1_000, () => talk([greeting, subscribing("1", "{a".repeat(5_000))])),
      "1000 times error QUERY_TOO_DEEP",
      once(1_000),
    ],
    ["2,000 requests behind one another", () => send(harmless.repeat(2_000), { answers: 2_000 }), "2000 times 200", once(2_000)],
    [
      "3,000 documents that differ",
      () => some(20, 3_000, (number) => send(get({ query: `{ a${number}: __typename }` }))),
      "3000 times 200",
      once(3_000),
    ],
  ],
  { together: false },
);

function leave() {
  return new Promise((done) => {
    const own = connect();
    own.on("connect", () => own.resetAndDestroy());
    own.on("close", () => done("left"));
    own.on("error", () => {});
  });
}

function operations(count) {
  return Array.from({ length: count }, (_, number) => subscribing(`${number}`));
}
