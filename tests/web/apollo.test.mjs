// Apollo Client: queries by POST and GET, persisted queries, and subscriptions by WebSocket.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { cable } from "./cable.mjs";
import { head, httpEndpoint, invalid, isHead, refused, socketEndpoint, standard, testsOf, within } from "./hub.mjs";

const test = testsOf("Apollo Client");

const sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** A client over HTTP that notes its requests and the codes of the answers. */
function client(t, { first = [], ...options } = {}) {
  const sent = [];
  const noting = async (input, init) => {
    const request = { method: init.method, text: init.body ?? decodeURIComponent(new URL(input).search) };
    sent.push(request);
    const response = await fetch(input, init);
    const { errors = [] } = await response.clone().json().catch(() => ({}));
    request.codes = errors.map(({ extensions }) => extensions?.code);
    return response;
  };
  const http = new HttpLink({ uri: httpEndpoint(), fetch: noting, ...options });
  const made = new ApolloClient({ cache: new InMemoryCache(), link: ApolloLink.from([...first, http]) });
  t.after(() => made.stop());
  return { sent, client: made };
}

const ask = (of, { document, variables }, more = {}) =>
  within(of.query({ query: gql(document), variables, fetchPolicy: "network-only", ...more }), "an answer");

for (const useGETForQueries of [false, true]) {
  const how = useGETForQueries ? "GET" : "POST";

  test(`a query with variables, by ${how}`, async (t) => {
    const own = client(t, { useGETForQueries });
    const { data } = await ask(own.client, standard);
    assert.equal(data.standard.number, standard.number);
    assert.equal(own.sent[0].method, how);
    const cached = own.client.readQuery({ query: gql(standard.document), variables: standard.variables });
    assert.equal(cached.standard.name, data.standard.name);
  });

  test(`a refused document, by ${how}`, async (t) => {
    const thrown = await ask(client(t, { useGETForQueries }).client, invalid).catch((error) => error);
    assert.ok(CombinedGraphQLErrors.is(thrown), String(thrown));
    assert.equal(thrown.errors[0].extensions.code, invalid.code);
  });

  test(`a refused field leaves the others, by ${how}`, async (t) => {
    const { data, error } = await ask(client(t, { useGETForQueries }).client, refused, { errorPolicy: "all" });
    assert.ok(data?.hubInfo.version, String(error));
    assert.equal(data.standards, null, JSON.stringify(data));
    assert.deepEqual(error.errors[0].path, refused.path);
    assert.equal(error.errors[0].extensions.code, refused.code);
  });
}

test("a persisted query is asked by its hash, and the text follows where the hub does not know it", async (t) => {
  // A document of its own, so that the hub has not met it in an earlier run.
  const document = standard.document.replace("Standard(", `Standard${Date.now()}(`);
  const own = client(t, { first: [new PersistedQueryLink({ sha256, useGETForHashedQueries: true })] });
  for (let turn = 0; turn < 2; turn += 1) {
    const { data } = await ask(own.client, { ...standard, document });
    assert.equal(data.standard.number, standard.number);
  }
  const [hash, text, again, ...more] = own.sent;
  const stands = (request) => request.text.includes(document.slice(0, 20));
  assert.ok(!stands(hash) && stands(text), "the hash goes first, the text second");
  const [code] = hash.codes;
  assert.ok(["PERSISTED_QUERY_NOT_FOUND", "PERSISTED_QUERY_NOT_SUPPORTED"].includes(code), `the hash is answered with ${code}`);
  // A hub that took the text knows the hash now; one that takes none said so, and the client asks in full from then on.
  assert.equal(stands(again), code === "PERSISTED_QUERY_NOT_SUPPORTED");
  assert.deepEqual(again.codes, []);
  assert.equal(more.length, 0);
});

test("a hash that does not belong to the text is refused", async (t) => {
  const document = standard.document.replace("Standard(", `Wrong${Date.now()}(`);
  const own = client(t, { first: [new PersistedQueryLink({ sha256: async () => sha256(`not ${document}`) })] });
  const thrown = await ask(own.client, { ...standard, document }).catch((error) => error);
  const [hash, text] = own.sent;
  if (hash.codes[0] === "PERSISTED_QUERY_NOT_SUPPORTED") return; // The client leaves the hash out from then on.
  assert.deepEqual(hash.codes, ["PERSISTED_QUERY_NOT_FOUND"]);
  assert.ok(CombinedGraphQLErrors.is(thrown), String(thrown));
  assert.ok(text.codes[0], "the refusal has no code");
});

test("a subscription begins with the present position, and comes back after a cut", async (t) => {
  const line = await cable();
  t.after(() => line.close());
  const socket = createClient({
    url: socketEndpoint(line.origin),
    webSocketImpl: WebSocket,
    retryAttempts: 5,
    retryWait: async () => {},
  });
  const own = new ApolloClient({ cache: new InMemoryCache(), link: new GraphQLWsLink(socket) });
  t.after(() => {
    own.stop();
    return socket.dispose();
  });
  const heard = [];
  let wake = () => {};
  const events = own.subscribe({ query: gql(head.document) }).subscribe((event) => {
    heard.push(event);
    wake();
  });
  const count = (wanted) =>
    within(
      new Promise((done) => {
        wake = () => heard.length >= wanted && done();
        wake();
      }),
      `event ${wanted}`,
    );
  await count(1);
  line.cut();
  await count(2);
  events.unsubscribe();
  assert.ok(heard.every(({ data, error }) => error === undefined && isHead(data.head)), JSON.stringify(heard));
});

test("a query that is given up leaves the client and the hub in order", async (t) => {
  const own = client(t);
  const giveUp = new AbortController();
  const thrown = ask(own.client, standard, { context: { fetchOptions: { signal: giveUp.signal } } }).catch((error) => error);
  giveUp.abort();
  assert.equal((await thrown).name, "AbortError");
  const { data } = await ask(own.client, standard);
  assert.equal(data.standard.number, standard.number);
});
