// Requests of a wrong kind: media types that pages of other origins may send, methods, headers and addresses.

import { assault } from "./attack.mjs";
import { asking, get, head, json, overlong, post, send } from "./wire.mjs";

const unsupported = "415 BAD_REQUEST";
const bad = "400 BAD_REQUEST";
/** What the HTTP library says before the hub hears of the request; there is no body. */
const unread = "400";
const floods = "431";

const query = asking("{ __typename }");
const harmless = { query: "{ __typename }" };
const as = (type) => post(query, [json[0], `Content-Type: ${type}`]);
const withHeader = (...headers) => post(query, [...json, ...headers]);
const method = (name, path = "/graphql") => head(`${name} ${path} HTTP/1.1`);

const boundary = "----nqi";
const part = (name, text) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`;
/** A request as the specification of GraphQL multipart requests has it, with a file of 60,000 letters. */
const multipart = post(
  part("operations", query) + part("map", '{"0":["variables.file"]}') + part("0", "x".repeat(60_000)) + `--${boundary}--\r\n`,
  [`Content-Type: multipart/form-data; boundary=${boundary}`],
);

/** A real mutation; it names a declaration that is not there, so the hub declines it and changes nothing. */
const mutation =
  'mutation { withdrawDeclaration(input: { idempotencyKey: "abuse-suite", id: "none", recordId: "none" }) { refusals { reason } } }';

assault("requests of a wrong kind", send, [
  // Media types.
  ["no type", post(query, []), unsupported],
  ["text", as("text/plain"), unsupported],
  ["text that says it is JSON", as("text/plain; charset=application/json"), unsupported],
  ["a form", post(new URLSearchParams(harmless).toString(), ["Content-Type: application/x-www-form-urlencoded"]), unsupported],
  ["parts with a file", multipart, unsupported],
  ["a bare document", post(harmless.query, ["Content-Type: application/graphql"]), unsupported],
  ["JSON in GBK", as("application/json; charset=gbk"), unsupported],
  ["a type that begins like JSON", as("application/jsonp"), unsupported],
  ["a type of 60,000 letters", as(`application/${"j".repeat(60_000)}`), unsupported],
  ["an answer of a form that nobody knows", post(query, ["Accept: text/html", json[1]]), "406 NOT_ACCEPTABLE"],
  ["20,000 forms of an answer", post(query, [`Accept: ${"a/b,".repeat(20_000)}`, json[1]]), "406 NOT_ACCEPTABLE"],
  ["a subscription that wants one answer", post(asking("subscription { head { position } }")), "406 NOT_ACCEPTABLE"],
  // Methods.
  ["a mutation by GET", get({ query: mutation }), "405 METHOD_NOT_ALLOWED, allow POST"],
  [
    "a mutation by GET among queries",
    get({ query: `query A { __typename } ${mutation.replace("mutation", "mutation B")}`, operationName: "B" }),
    "405 METHOD_NOT_ALLOWED, allow POST",
  ],
  ["a mutation by GET as an event stream", get({ query: mutation }, ["Accept: text/event-stream"]), "405 METHOD_NOT_ALLOWED, allow POST"],
  ["the same mutation by POST, which only its rules decline", post(asking(mutation)), "200"],
  ...["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "X".repeat(10_000)].map((name) => [
    `the method ${name.slice(0, 10)}`,
    method(name),
    "405 METHOD_NOT_ALLOWED, allow GET, POST",
  ]),
  ["a tunnel to another host", head("CONNECT example.org:443 HTTP/1.1"), "404"],
  // Headers.
  ["U+0000 in a header", withHeader("X-Odd: a\0b"), unread],
  ["CR in a header", withHeader("X-Odd: a\rX-Evil: b"), unread],
  ["a header that goes on in the next line", withHeader("X-Odd: a\r\n b"), unread],
  ["a header without a colon", withHeader("nonsense"), unread],
  ["a header with a blank before its colon", withHeader("X-Odd : a"), unread],
  ["a header without a name", withHeader(": a"), unread],
  ["a header whose name has brackets", withHeader("X(Odd): a"), unread],
  ["a header in Latin-1", withHeader("X-Odd: caf\xe9").map((text) => Buffer.from(text, "latin1")), "200"],
  ["bytes in the form of the answer", post(query, ["Accept: \xff\xfe", json[1]]).map((text) => Buffer.from(text, "latin1")), "200"],
  ["an id that ends a line", withHeader("X-Request-Id: a%0d%0aSet-Cookie: b=c"), "200"],
  ["two hosts", withHeader("Host: example.org"), unread],
  ["no host", `GET /graphql?query=%7B__typename%7D HTTP/1.1\r\n\r\n`, unread],
  ["200 headers", withHeader(...Array(200).fill("X-A: b")), floods],
  ["5,000 headers", withHeader(...Array(5_000).fill("X-A: b")), floods],
  ["50,000 headers", overlong(withHeader(...Array(50_000).fill("X-A: b")).join("")), floods],
  ["a header of 100,000 letters", withHeader(`Cookie: ${"a=b; ".repeat(20_000)}`), "200"],
  ["a header of 1 MiB", overlong(withHeader(`X-A: ${"b".repeat(1024 * 1024)}`).join("")), floods],
  [
    "50,000 languages and packings",
    withHeader(`Accept-Encoding: ${"br;q=0.1,".repeat(5_000)}`, `Accept-Language: ${"zh,".repeat(5_000)}`),
    "200",
  ],
  ["50,000 tags of what is known", get(harmless, [json[0], `If-None-Match: ${'"a",'.repeat(20_000)}`]), "200"],
  ["an expectation that cannot be met", withHeader("Expect: the-impossible"), "200"],
  // Addresses.
  ["an address of 17 KiB", get({ query: `{ __typename } #${"x".repeat(17 * 1024)}` }), "414 ADDRESS_TOO_LONG"],
  ["an address of 100 KiB", get({ query: "x".repeat(100 * 1024) }), unread],
  ["an address of 1 MiB", overlong(get({ query: "x".repeat(1024 * 1024) })), floods],
  ["5,000 parameters", get(Array.from({ length: 2_500 }, (_, number) => `p${number}`).join("&")), bad],
  ["a query that stands twice", get("query=%7B__typename%7D&query=%7Ba%7D"), bad],
  ["a query that is no UTF-8", get("query=%ff%fe"), bad],
  ["variables that are no JSON", get({ ...harmless, variables: "{" }), bad],
  ["5,000 lists inside one another in variables", get({ ...harmless, variables: `{"a":${"[".repeat(5_000)}}` }), bad],
  ["a path out of the folder", head("GET /assets/../../../../etc/passwd HTTP/1.1"), "404"],
  ["a path out of the folder in numbers", head("GET /assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd HTTP/1.1"), "404"],
  ["a path with U+0000", head("GET /assets/%00 HTTP/1.1"), "404"],
  ["an address with a raw blank", head("GET /graphql?query={ __typename } HTTP/1.1"), unread],
]);
