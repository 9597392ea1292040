// A server made of the reference implementations, over the hub's schema: what passes here and fails on the hub is the hub's fault.
//
//   node tests/web/reference.mjs        serves on a free port until it is stopped, and prints its address

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import http from "node:http";
import { GraphQLError, buildSchema, parse, print, validate } from "graphql";
import { createHandler } from "graphql-http";
import { createHandler as createEventHandler } from "graphql-sse/lib/use/http";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";

const schema = buildSchema(readFileSync(new URL("../../schema.graphql", import.meta.url), "utf8"));
const position = { epoch: "reference", position: 1 };
const page = ({ first }) => {
  if (first > 200) throw new GraphQLError("first: 1 to 200", { extensions: { code: "BAD_USER_INPUT" } });
  return { nodes: [], totalCount: 0 };
};
const rootValue = {
  standard: () => ({ id: "MTpTdGFuZGFyZDpHQTQyMC0yMDIx", number: "GA 420-2021", name: "警用防暴服", status: "IN_FORCE", declarations: page }),
  standards: page,
  hubInfo: { version: "0.0.0", schemaHash: "", dataAsOf: position, sources: [] },
  async *head() {
    yield { head: position };
    await new Promise(() => {});
  },
};

const coded = (error, code) => new GraphQLError(error.message, { ...error, extensions: { code, ...error.extensions } });

/** The errors of a document before it runs, each with a code. */
function refusals(query) {
  try {
    return validate(schema, parse(query)).map((error) => coded(error, "GRAPHQL_VALIDATION_FAILED"));
  } catch (error) {
    return [coded(error, "GRAPHQL_VALIDATION_FAILED")];
  }
}

/** The present position at once, and nothing until the client goes. */
function positions() {
  let stop;
  const stopped = new Promise((done) => (stop = () => done({ done: true, value: undefined })));
  let told = false;
  return {
    next: () => (told ? stopped : ((told = true), Promise.resolve({ done: false, value: { data: { head: position } } }))),
    return: () => (stop(), stopped),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

const answer = createHandler({
  schema,
  rootValue,
  formatError: (error) => (error.extensions?.code ? error : coded(error, error.path ? "INTERNAL" : "GRAPHQL_VALIDATION_FAILED")),
});
const events = createEventHandler({
  schema,
  context: {},
  subscribe: positions,
  validate: (_, document) => refusals(print(document)),
  onSubscribe: (_, { query, variables }) => ({ schema, rootValue, document: parse(query), variableValues: variables }),
});

const known = new Map();

/** Puts the text in place of a hash that was seen before. Gives a refusal, or nothing. */
function persisted(parameters) {
  const hash = parameters.extensions?.persistedQuery?.sha256Hash;
  if (!hash) return undefined;
  if (!parameters.query) {
    parameters.query = known.get(hash);
    return parameters.query ? undefined : "PERSISTED_QUERY_NOT_FOUND";
  }
  if (createHash("sha256").update(parameters.query).digest("hex") !== hash) return "BAD_USER_INPUT";
  known.set(hash, parameters.query);
  return undefined;
}

function parametersOf(request, url, body) {
  try {
    if (request.method !== "GET") return JSON.parse(body);
    const parameters = Object.fromEntries(url.searchParams);
    for (const name of ["variables", "extensions"]) {
      if (parameters[name]) parameters[name] = JSON.parse(parameters[name]);
    }
    return parameters;
  } catch {
    return undefined;
  }
}

async function serve(request, response) {
  const wanted = (request.headers.accept ?? "").split(",")[0].split(";")[0].trim();
  if (wanted === "text/event-stream") {
    request.headers.accept = wanted; // The handler looks at the whole header.
    return events(request, response);
  }
  const body = await new Promise((done) => {
    const parts = [];
    request.on("data", (part) => parts.push(part)).on("end", () => done(Buffer.concat(parts).toString()));
  });
  const url = new URL(request.url, "http://localhost");
  const parameters = parametersOf(request, url, body);
  const code = parameters && typeof parameters === "object" ? persisted(parameters) : undefined;
  if (code) {
    response.writeHead(200, { "content-type": "application/json; charset=utf-8" });
    return response.end(JSON.stringify({ errors: [{ message: code, extensions: { code } }] }));
  }
  if (request.method === "GET" && parameters?.query) url.searchParams.set("query", parameters.query);
  const [text, init] = await answer({
    url: url.href,
    method: request.method,
    headers: request.headers,
    body: parameters ?? body,
    raw: request,
    context: {},
  });
  response.writeHead(init.status, init.statusText, init.headers).end(text);
}

/** Serves on a port; 0 takes a free one. */
export async function reference(port = 0) {
  const server = http.createServer((request, response) => void serve(request, response));
  const sockets = new WebSocketServer({ server, path: "/graphql" });
  useServer(
    {
      schema,
      subscribe: positions,
      onSubscribe(_, __, { query, variables }) {
        const errors = refusals(query);
        return errors.length > 0 ? errors : { schema, rootValue, document: parse(query), variableValues: variables };
      },
    },
    sockets,
  );
  await new Promise((listening) => server.listen(port, "127.0.0.1", listening));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.closeAllConnections() };
}

if (process.argv[1] === new URL(import.meta.url).pathname) console.log((await reference()).url);
