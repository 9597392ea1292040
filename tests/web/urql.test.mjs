// urql: queries by POST and GET, subscriptions by Server-Sent Events and by WebSocket.

import assert from "node:assert/strict";
import { Client, fetchExchange, subscriptionExchange } from "@urql/core";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { cable, until } from "./cable.mjs";
import { head, httpEndpoint, invalid, isHead, refused, refusedBelow, socketEndpoint, standard, testsOf, within } from "./hub.mjs";

const test = testsOf("urql");

/** A client that notes what it sends; `preferGetMethod` is "never unless told", as the hub promises both ways. */
function client({ url = httpEndpoint(), exchanges = [fetchExchange], ...options } = {}) {
  const sent = [];
  const made = new Client({
    url,
    exchanges,
    preferGetMethod: false,
    ...options,
    fetch: (input, init) => {
      sent.push({ input: String(input), method: init?.method ?? "GET" });
      return fetch(input, init);
    },
  });
  return { sent, query: (document, variables) => within(made.query(document, variables).toPromise(), "an answer"), client: made };
}

/** The first event of a subscription, and the way to end it. */
async function firstEvent(of) {
  let end;
  const first = new Promise((heard) => {
    end = of.subscription(head.document, {}).subscribe(heard).unsubscribe;
  });
  return { first: await within(first, "the first event"), end };
}

test("a query with variables, by POST", async () => {
  const own = client();
  const { data, error } = await own.query(standard.document, standard.variables);
  assert.equal(error, undefined);
  assert.equal(data.standard.number, standard.number);
  assert.equal(own.sent[0].method, "POST");
});

test("a query with variables, by GET", async () => {
  const own = client({ preferGetMethod: "force" });
  const { data, error } = await own.query(standard.document, standard.variables);
  assert.equal(error, undefined);
  assert.equal(data.standard.number, standard.number);
  assert.equal(own.sent[0].method, "GET");
});

for (const preferGetMethod of [false, "force"]) {
  const how = preferGetMethod ? "GET" : "POST";

  test(`a refused document, by ${how}`, async () => {
    const { error } = await client({ preferGetMethod }).query(invalid.document, {});
    assert.equal(error?.networkError, undefined);
    assert.equal(error?.graphQLErrors[0].extensions.code, invalid.code);
  });

  test(`a refused field leaves the others, by ${how}`, async () => {
    const { data, error } = await client({ preferGetMethod }).query(refused.document, refused.variables);
    assert.ok(data?.hubInfo.version, String(error));
    assert.equal(data.standards, null, JSON.stringify(data));
    assert.deepEqual(error.graphQLErrors[0].path, refused.path);
    assert.equal(error.graphQLErrors[0].extensions.code, refused.code);
  });

  test(`a refused field that is never null takes the object that may be null with it, by ${how}`, async () => {
    const { data, error } = await client({ preferGetMethod }).query(refusedBelow.document, refusedBelow.variables);
    assert.ok(data?.hubInfo.version, String(error));
    assert.equal(data.standard, null, JSON.stringify(data));
    assert.deepEqual(error.graphQLErrors[0].path, refusedBelow.path);
  });
}

test("a subscription over Server-Sent Events begins with the present position and can be ended", async (t) => {
  const line = await cable();
  t.after(() => line.close());
  const { first, end } = await firstEvent(client({ url: httpEndpoint(line.origin), fetchSubscriptions: true }).client);
  assert.equal(first.error, undefined);
  assert.ok(isHead(first.data.head));
  assert.equal(line.open(), 1);
  end();
  await until(() => line.open() === 0, "the connection closes");
});

test("a subscription over a WebSocket begins with the present position", async (t) => {
  const socket = createClient({ url: socketEndpoint(), webSocketImpl: WebSocket, retryAttempts: 0 });
  t.after(() => socket.dispose());
  const forwardSubscription = ({ query, variables }) => ({
    subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query, variables }, sink) }),
  });
  const { first, end } = await firstEvent(
    client({ exchanges: [fetchExchange, subscriptionExchange({ forwardSubscription })] }).client,
  );
  assert.equal(first.error, undefined);
  assert.ok(isHead(first.data.head));
  end();
});

test("a query that is given up leaves the client and the hub in order", async () => {
  const own = client();
  own.client.query(standard.document, standard.variables).subscribe(() => assert.fail("it was given up")).unsubscribe();
  const { data } = await own.query(standard.document, standard.variables);
  assert.equal(data.standard.number, standard.number);
});
