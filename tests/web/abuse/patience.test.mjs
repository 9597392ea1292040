// Clients that are slow to speak, and clients that never listen. The hub waits for none of them for long, and each costs it
// little meanwhile.

import { getIntrospectionQuery } from "graphql";
import { siege } from "./attack.mjs";
import { all, unread } from "./crowd.mjs";
import { greeting, handshake, subscribing, talk } from "./socket.mjs";
import { asking, chunk, get, harmless, head, json, post, posting, send } from "./wire.mjs";

const chunked = "Transfer-Encoding: chunked";
const half = posting().slice(0, 40);
const body = asking("{ __typename }");
const once = (of) => ({ times: 1, of });

/** Waits for the hub to end the connection, whatever it says before. */
const ended = (pieces, more) => send(pieces, { answers: Infinity, ...more });
/** Letter by letter, one a second. */
const slowly = (text) => [...text.slice(0, 60)];

const crowd = (count, name, pieces, outcome, more) => [
  name,
  () => all(count, () => ended(pieces, more)),
  `${count} times ${outcome}`,
  once(count),
];

const slow = [
  crowd(2_000, "2,000 connections on which nothing is said", [], "408, then closed"),
  crowd(200, "200 halves of a head", half, "408, then closed"),
  crowd(20, "20 heads, letter by letter", slowly(posting()), "408, then closed", { every: 1_000 }),
  crowd(50, "50 halves of a handshake", head("GET /graphql HTTP/1.1", handshake).slice(0, -2), "408, then closed"),
  crowd(200, "200 bodies that never come", posting(...json, "Content-Length: 30"), "408 REQUEST_TIMEOUT, then closed"),
  crowd(
    50,
    "50 bodies that are waited for",
    posting(...json, "Content-Length: 30", "Expect: 100-continue"),
    "408 REQUEST_TIMEOUT, then closed",
  ),
  crowd(
    50,
    "50 bodies that are a letter short",
    [posting(...json, `Content-Length: ${body.length + 1}`), body],
    "408 REQUEST_TIMEOUT, then closed",
  ),
  crowd(
    20,
    "20 bodies, letter by letter",
    [posting(...json, "Content-Length: 1000"), ...slowly(body)],
    "408 REQUEST_TIMEOUT, then closed",
    { every: 1_000 },
  ),
  crowd(50, "50 bodies in chunks that never come", posting(...json, chunked), "408 REQUEST_TIMEOUT, then closed"),
  crowd(
    20,
    "20 bodies in chunks of a letter",
    [posting(...json, chunked), ...slowly(body).map(chunk)],
    "408 REQUEST_TIMEOUT, then closed",
    { every: 1_000 },
  ),
  crowd(10, "10 bodies that are cut off", [posting(...json, "Content-Length: 30"), "{"], "400 BAD_REQUEST, then closed", { ends: true }),
  crowd(200, "200 connections on which nothing more is said", harmless, "200, then closed"),
  crowd(50, "50 halves of a second head", [harmless, half], "200, then closed", { every: 2_000 }),
  crowd(20, "20 second heads, letter by letter", [harmless, ...slowly(posting())], "200, then closed", { every: 1_000 }),
  // Bodies that nobody reads.
  crowd(20, "20 bodies of a wrong type in chunks that never come", posting(chunked), "415 BAD_REQUEST, then closed"),
  crowd(20, "20 bodies of a wrong type, letter by letter", [posting(chunked), ...slowly(body).map(chunk)], "415 BAD_REQUEST, then closed", {
    every: 1_000,
  }),
  crowd(20, "20 bodies of a GET that never come", get({ query: "{ __typename }" }, [...json, chunked]), "200, then closed"),
  crowd(
    20,
    "20 bodies of a PUT that never come",
    head("PUT /graphql HTTP/1.1", [chunked]),
    "405 METHOD_NOT_ALLOWED, allow GET, POST, then closed",
  ),
  crowd(20, "20 bodies for nobody that never come", head("POST /nobody HTTP/1.1", [chunked]), "404, then closed"),
  crowd(20, "20 bodies of a page that never come", head("GET / HTTP/1.1", [chunked]), "200, then closed"),
  crowd(
    20,
    "20 bodies of a handshake that never come",
    head("GET /graphql HTTP/1.1", [...handshake.slice(0, -1), chunked]),
    "400 BAD_REQUEST, then closed",
  ),
  // Sockets.
  ["500 sockets without a greeting", () => all(500, () => talk([])), "500 times closed 4408", once(500)],
];

/** Milliseconds for which nothing is read; longer than the hub waits for a client that takes nothing. */
const silent = 20_000;
/** More bytes than the buffers of both systems hold. */
const much = 8 * 1024 * 1024;
const schema = getIntrospectionQuery({ descriptions: true });
/** An answer to it has some 180,000 bytes, a script of the query page a million. */
const schemas = Math.ceil(much / 150_000);
const scripts = Math.ceil(much / 1_000_000);

/** Twenty operations and more that want rows and much else, on a socket. */
async function* operations() {
  const document = schema.replace("{", "{ standards(first: 20) { nodes { number declarations(first: 1) { totalCount } } }");
  yield head("GET /graphql HTTP/1.1", handshake);
  yield greeting;
  for (let number = 0; number < schemas; number++) {
    yield subscribing(`${number}`, document);
    await new Promise((later) => setTimeout(later, 30));
  }
}

const silence = (count, name, answers, pieces) => [
  `${count} that never listen and ask for ${name}`,
  () => all(count, () => unread(pieces, silent, much)),
  `${count} times let go`,
  once(count * answers),
];

const mute = [
  silence(50, "a script again and again", scripts, () => [head("GET /assets/vendor/graphiql.min.js HTTP/1.1").repeat(scripts)]),
  silence(2, "the schema again and again", schemas, () => [post(asking(schema)).join("").repeat(schemas)]),
  silence(2, "the schema as event streams", schemas, () => [
    post(asking(schema), ["Accept: text/event-stream", json[1]]).join("").repeat(schemas),
  ]),
  silence(3, "the schema and rows on a socket", schemas, operations),
];

siege("clients that are slow to speak, or never listen", [...slow, ...mute]);
