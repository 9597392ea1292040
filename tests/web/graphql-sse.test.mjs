// The client graphql-sse, in the mode of distinct connections.

import assert from "node:assert/strict";
import { createClient } from "graphql-sse";
import { cable, until } from "./cable.mjs";
import { answer, head, httpEndpoint, invalid, isHead, refused, standard, testsOf, within } from "./hub.mjs";

const test = testsOf("graphql-sse");

function client(t, options = {}) {
  const made = createClient({ url: httpEndpoint(), retryAttempts: 0, ...options });
  t.after(() => made.dispose());
  return made;
}

test("a query with variables is one event", async (t) => {
  const { data, errors } = await answer(client(t), standard);
  assert.equal(errors, undefined);
  assert.equal(data.standard.number, standard.number);
});

test("a refused document is told in an event, with its code", async (t) => {
  const { data, errors } = await answer(client(t), invalid);
  assert.equal(data, undefined);
  assert.equal(errors[0].extensions.code, invalid.code);
});

test("a refused field leaves the others, and has a code and a path", async (t) => {
  const { data, errors } = await answer(client(t), refused);
  assert.ok(data.hubInfo.version);
  assert.equal(data.standards, null, JSON.stringify(data));
  assert.deepEqual(errors[0].path, refused.path);
  assert.equal(errors[0].extensions.code, refused.code);
});

test("a subscription begins with the present position, and its connection closes when the client wants", async (t) => {
  const line = await cable();
  t.after(() => line.close());
  const events = client(t, { url: httpEndpoint(line.origin) }).iterate({ query: head.document });
  const first = await within(events.next(), "the first event");
  assert.ok(isHead(first.value.data.head), JSON.stringify(first.value));
  assert.equal(line.open(), 1);
  await within(events.return(), "the end");
  await until(() => line.open() === 0, "the connection closes");
});

test("a client whose connection is cut comes back and hears the position again", async (t) => {
  const line = await cable();
  t.after(() => line.close());
  const own = client(t, { url: httpEndpoint(line.origin), retryAttempts: 5, retry: async () => {} });
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

test("eight subscribers at once each hear the position", async (t) => {
  const own = client(t);
  const subscribers = Array.from({ length: 8 }, () => own.iterate({ query: head.document }));
  const firsts = await within(Promise.all(subscribers.map((events) => events.next())), "eight first events");
  assert.ok(firsts.every(({ value }) => isHead(value.data.head)));
  await Promise.all(subscribers.map((events) => events.return()));
});
