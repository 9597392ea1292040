// relay-compiler takes the schema, and the hub answers what it makes of fragments, connections and refetchable pages.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import relayCompiler from "relay-compiler";
import { httpEndpoint, within } from "./hub.mjs";

const here = (path) => new URL(path, import.meta.url);

describe("Relay", () => {
  let folder;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "nqi-hub-relay-"));
    await cp(here("relay"), join(folder, "src"), { recursive: true });
    await cp(here("../../schema.graphql"), join(folder, "schema.graphql"));
    await mkdir(join(folder, "made"));
    await writeFile(join(folder, "package.json"), '{"type":"module"}');
    const config = {
      src: "./src",
      schema: "./schema.graphql",
      artifactDirectory: "./made",
      language: "javascript",
      eagerEsModules: true,
      customScalarTypes: { Date: "string", DateTime: "string" },
      requireCustomScalarTypes: true,
    };
    await writeFile(join(folder, "relay.config.json"), JSON.stringify(config));
    await promisify(execFile)(relayCompiler, ["relay.config.json"], { cwd: folder, timeout: 60_000 }).catch((error) => {
      throw new Error(`relay-compiler: ${error.message}\n${error.stdout}\n${error.stderr}`);
    });
  });

  after(() => folder && rm(folder, { recursive: true }));

  /** Asks the hub what the compiler made of a query. */
  async function ask(name, variables) {
    const { default: made } = await import(pathToFileURL(join(folder, "made", `${name}.graphql.js`)).href);
    const { text, name: operationName } = made.params;
    const response = await within(
      fetch(httpEndpoint(), {
        method: "POST",
        headers: { accept: "application/graphql-response+json", "content-type": "application/json" },
        body: JSON.stringify({ query: text, operationName, variables }),
      }),
      "an answer",
    );
    const { data, errors } = await response.json();
    assert.equal(errors, undefined, JSON.stringify(errors));
    return data;
  }

  test("a connection on a parent is refetched by the id of the parent", async () => {
    const { enterprise } = await ask("EnterprisePageQuery", { creditCode: "91000000069338827M" });
    const { edges, pageInfo, totalCount } = enterprise.declarations;
    assert.ok(enterprise.id && edges.length === 2 && pageInfo.hasNextPage && totalCount > 2);
    assert.ok(edges.every(({ cursor, node }) => cursor && node.id && node.__typename === "Declaration"));
    const { node } = await ask("EnterprisePageDeclarationsQuery", { id: enterprise.id, first: 2, after: pageInfo.endCursor });
    assert.equal(node.__typename, "Enterprise");
    assert.notEqual(node.declarations.edges[0].node.id, edges[1].node.id);
  });

  test("a list on the root turns its pages, and aliases keep the types of a union apart", async () => {
    const { standards, search } = await ask("StandardListQuery", { text: "电缆" });
    assert.equal(standards.edges.length, 3);
    assert.ok(search.edges.some(({ node }) => node.__typename === "Standard" && node.number && node.status));
    const next = await ask("StandardListPageQuery", { first: 3, after: standards.pageInfo.endCursor });
    const numbers = [...standards.edges, ...next.standards.edges].map(({ node }) => node.number);
    assert.equal(new Set(numbers).size, 6);
  });
});
