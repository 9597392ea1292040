// The hub passes every official audit of GraphQL over HTTP, and the audits find a server out that does not.

import assert from "node:assert/strict";
import http from "node:http";
import { test } from "node:test";
import { audit, exceptions, line } from "./audits.mjs";
import { httpEndpoint } from "./hub.mjs";

test("the hub passes every official audit of GraphQL over HTTP", async (t) => {
  const results = await audit(httpEndpoint());
  const levels = new Set(results.map(({ level }) => level));
  assert.deepEqual([...levels].sort(), ["MAY", "MUST", "SHOULD"]);
  assert.ok(results.length >= 60, `only ${results.length} audits`);
  for (const result of results) t.diagnostic(line(result));
  for (const id of exceptions.keys()) {
    const meant = results.find((result) => result.id === id);
    assert.ok(meant?.level === "MAY" && !meant.passed, `the exception ${id} is not needed, or no MAY`);
  }
  const failed = results.filter(({ id, passed }) => !passed && !exceptions.has(id));
  assert.equal(failed.length, 0, `${failed.length} of ${results.length} audits fail:\n${failed.map(line).join("\n")}`);
});

test("a server that answers 200 to everything is found out", async (t) => {
  const careless = http.createServer((_, response) => {
    response.setHeader("content-type", "application/json; charset=utf-8").end('{"data":{"__typename":"Query"}}');
  });
  await new Promise((listening) => careless.listen(0, "127.0.0.1", listening));
  t.after(() => careless.close());
  const failed = (await audit(`http://127.0.0.1:${careless.address().port}/graphql`)).filter(({ passed }) => !passed);
  for (const level of ["SHOULD", "MAY"]) {
    assert.ok(failed.some((result) => result.level === level), `no ${level} fails`);
  }
});

test("a server that gives no answer fails every audit, and the rest still run", async () => {
  const results = await audit("http://127.0.0.1:9/graphql");
  assert.ok(results.length >= 60 && results.every(({ passed, reason }) => !passed && reason !== undefined));
});
