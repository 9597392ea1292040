// The client graphql-ws, and what the protocol graphql-transport-ws says about clients that break it.

import assert from "node:assert/strict";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { cable, until } from "./cable.mjs";
import { answer, head, invalid, isHead, refused, refusedBelow, socketEndpoint, standard, testsOf, within } from "./hub.mjs";

const test = testsOf("graphql-ws");

function client(t, options = {}) {
  const made = createClient({ url: socketEndpoint(), webSocketImpl: WebSocket, retryAttempts: 0, ...options });
  t.after(() => made.dispose());
  return made;
}

test("a query with variables", async (t) => {
  const { data, errors } = await answer(client(t), standard);
  assert.equal(errors, undefined);
  assert.equal(data.standard.number, standard.number);
});

test("a refused document ends the operation with an error frame, and the socket lives on", async (t) => {
  const own = client(t, { lazy: false });
  const failing = own.iterate({ query: invalid.document });
  const errors = await within(failing.next(), "an answer").then(
    (next) => assert.fail(`a \`next\` frame came: ${JSON.stringify(next.value)}`),
    (thrown) => thrown,
  );
  assert.ok(Array.isArray(errors), `the frame holds no list of errors: ${errors}`);
  assert.equal(errors[0].extensions.code, invalid.code);
  assert.equal((await answer(own, standard)).data.standard.number, standard.number);
});

test("a refused field leaves the others, and has a code and a path", async (t) => {
  const { data, errors } = await answer(client(t), refused);
  assert.ok(data.hubInfo.version);
  assert.equal(data.standards, null, JSON.stringify(data));
  assert.equal(errors.length, 1);
  assert.deepEqual(errors[0].path, refused.path);
  assert.equal(errors[0].extensions.code, refused.code);
});

test("a refused field that is never null takes the object that may be null with it", async (t) => {
  const { data, errors } = await answer(client(t), refusedBelow);
  assert.ok(data.hubInfo.version);
  assert.equal(data.standard, null, JSON.stringify(data));
  assert.deepEqual(errors[0].path, refusedBelow.path);
});

test("a subscription begins with the present position, and ends when the client wants", async (t) => {
  const own = client(t, { lazy: false });
  const events = own.iterate({ query: head.document });
  const first = await within(events.next(), "the first event");
  assert.ok(isHead(first.value.data.head), JSON.stringify(first.value));
  await within(events.return(), "the end");
  assert.equal((await answer(own, standard)).data.standard.number, standard.number);
});

test("a client whose connection is cut comes back and hears the position again", async (t) => {
  const line = await cable();
  t.after(() => line.close());
  const own = client(t, { url: socketEndpoint(line.origin), retryAttempts: 5, retryWait: async () => {} });
  const events = own.iterate({ query: head.document });
  const before = await within(events.next(), "the first event");
  const cutAfter = line.connections();
  line.cut();
  const after = await within(events.next(), "an event after the cut");
  assert.ok(isHead(after.value.data.head));
  assert.equal(after.value.data.head.epoch, before.value.data.head.epoch);
  assert.ok(line.connections() > cutAfter, "the client did not open a second connection");
  await events.return();
});

test("many operations share one socket", async (t) => {
  const line = await cable();
  t.after(() => line.close());
  const own = client(t, { url: socketEndpoint(line.origin), lazyCloseTimeout: 1000 });
  const events = own.iterate({ query: head.document });
  await within(events.next(), "the first event");
  const answers = await Promise.all(Array.from({ length: 8 }, () => answer(own, standard)));
  assert.ok(answers.every(({ data }) => data.standard.number === standard.number));
  assert.equal(line.connections(), 1);
  await events.return();
});

test("a ping is answered", async (t) => {
  const own = client(t, { lazy: false, keepAlive: 100 });
  await within(new Promise((heard) => own.on("pong", heard)), "a pong", 5_000);
});

const say = (type, more = {}) => JSON.stringify({ type, ...more });
const subscribe = (id) => say("subscribe", { id, payload: { query: head.document } });

/** Opens a socket, greets and waits for the acknowledgement if told, sends frames as they are, and waits to be closed. */
async function closedAfter({ greet = false, frames = [], milliseconds = 15_000 }) {
  const socket = new WebSocket(socketEndpoint(), "graphql-transport-ws");
  const closed = new Promise((ended, failed) => {
    socket.on("close", (code, reason) => ended({ code, reason: String(reason) }));
    socket.on("error", failed);
  });
  const send = () => frames.forEach((frame) => socket.send(frame));
  socket.on("open", () => (greet ? socket.send(say("connection_init")) : send()));
  socket.once("message", () => greet && send());
  return within(closed, "a close frame", milliseconds).finally(() => socket.terminate());
}

for (const [what, talk, code] of [
  ["a message that is no JSON", { frames: ["{"] }, 4400],
  ["a message of an unknown type", { frames: [say("nothing")] }, 4400],
  ["a message whose type is 500 characters long", { frames: [say("x".repeat(500))] }, 4400],
  ["a subscribe without an id", { greet: true, frames: [say("subscribe", { payload: { query: head.document } })] }, 4400],
  ["a subscribe without a query", { greet: true, frames: [say("subscribe", { id: "1", payload: {} })] }, 4400],
  ["a subscribe before the greeting", { frames: [subscribe("1")] }, 4401],
  ["a second greeting", { greet: true, frames: [say("connection_init")] }, 4429],
  ["an id that is in use", { greet: true, frames: [subscribe("1"), subscribe("1")] }, 4409],
]) {
  test(`${what} closes the socket with ${code}`, async () => {
    const closed = await closedAfter(talk);
    assert.equal(closed.code, code, closed.reason);
  });
}

test("a client that does not greet is sent away with 4408", async () => {
  assert.equal((await closedAfter({ milliseconds: 30_000 })).code, 4408);
});

test("an id is free again after the client completed it", async (t) => {
  const socket = new WebSocket(socketEndpoint(), "graphql-transport-ws");
  t.after(() => socket.terminate());
  const heard = [];
  let closed;
  socket.on("message", (text) => heard.push(JSON.parse(text)));
  socket.on("close", (code) => (closed = code));
  const events = () => heard.filter(({ type, id }) => type === "next" && id === "1").length;
  await within(new Promise((opened) => socket.on("open", opened)), "an open socket");
  socket.send(say("connection_init"));
  await until(() => heard.length > 0, "the acknowledgement");
  for (const wanted of [1, 2]) {
    socket.send(subscribe("1"));
    await until(() => events() >= wanted || closed, `event ${wanted}`);
    socket.send(say("complete", { id: "1" }));
  }
  assert.equal(closed, undefined);
});
