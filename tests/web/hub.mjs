// The hub under test: where it is, and the questions that every client asks it.

import assert from "node:assert/strict";
import { test } from "node:test";

const address = process.env.NQI_HUB_URL;
if (!address) {
  throw new Error("NQI_HUB_URL is not set: start a hub with `nqi-hub demo` and give its address, as in NQI_HUB_URL=http://127.0.0.1:8080");
}

/** The origin of the hub, `http://127.0.0.1:8080`. */
export const origin = new URL(address).origin;

/** `/graphql` of an origin for HTTP. */
export const httpEndpoint = (at = origin) => new URL("/graphql", at).href;

/** `/graphql` of an origin for WebSocket. */
export const socketEndpoint = (at = origin) => httpEndpoint(at).replace(/^http/, "ws");

/** A standard that the demo holds, asked for as people write its number. */
export const standard = {
  document: "query Standard($number: String!) { standard(number: $number) { id number name status } }",
  variables: { number: "ga 420—2021" },
  number: "GA 420-2021",
  name: "警用防暴服",
};

/** A document that the schema refuses. */
export const invalid = { document: "query Invalid { nothingOfThatName }", code: "GRAPHQL_VALIDATION_FAILED" };

/** A document that the schema accepts and a resolver refuses. */
export const refused = {
  document: "query Refused($first: Int!) { standards(first: $first) { nodes { number } } hubInfo { version } }",
  variables: { first: 1000 },
  path: ["standards"],
  code: "BAD_USER_INPUT",
};

/** A document in which a field that is never null is refused: null goes up to `standard`, which may be. */
export const refusedBelow = {
  document: `query RefusedBelow($first: Int!) {
    standard(number: "GA 420-2021") { name declarations(first: $first) { totalCount } }
    hubInfo { version }
  }`,
  variables: { first: 1000 },
  path: ["standard", "declarations"],
  code: "BAD_USER_INPUT",
};

/** The position of the change feed: the present one at once, and every later one. */
export const head = { document: "subscription Head { head { epoch position } }" };

/** Whether a value is a position of the change feed. */
export const isHead = (value) => typeof value?.epoch === "string" && value.epoch !== "" && Number.isInteger(value.position);

/** Waits for a promise, but no longer than some milliseconds. */
export function within(promise, what, milliseconds = 15_000) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`${what}: nothing within ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** The one answer of an operation that a client of streams or sockets iterates over. */
export async function answer(of, { document, variables }) {
  const results = of.iterate({ query: document, variables });
  const { value } = await within(results.next(), "an answer");
  assert.equal((await within(results.next(), "the end of the answer")).done, true);
  return value;
}

/** `test` for the tests of a client, whose name stands before theirs in the report. */
export const testsOf = (client) => (name, run) => test(`${client}: ${name}`, run);
