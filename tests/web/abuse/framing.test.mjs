// Requests whose beginning and end are in doubt: a proxy that reads them in another way would let a second request through.
// After what cannot be read for sure the hub ends the connection, so that nothing behind it is taken for a request.

import { assault } from "./attack.mjs";
import { asking, chunk, head, json, overlong, posting, send } from "./wire.mjs";

const query = asking("{ __typename }");
const length = `Content-Length: ${query.length}`;
const chunked = "Transfer-Encoding: chunked";
/** What the HTTP library says; there is no body. */
const refused = "400, then closed";
const broken = "400 BAD_REQUEST, then closed";

const whole = `${chunk(query)}0\r\n\r\n`;
/** A request that a proxy would not see, because it is the body of another for it. */
const smuggled = head("GET /metrics HTTP/1.1");
const after = (headers, ...rest) => [posting(...json, ...headers), ...rest, smuggled].join("");
const inChunks = (...rest) => after([chunked], ...rest);

assault("requests in doubt", (pieces) => send(pieces, { answers: Infinity }), [
  // Two lengths.
  ["two lengths that differ", after([length, "Content-Length: 0"], query), refused],
  ["two lengths that are equal", after([length, length], query), refused],
  ["two lengths in one header", after([`Content-Length: ${query.length}, ${query.length}`], query), refused],
  ["a length and chunks", after([length, chunked], whole), refused],
  ["chunks and a length", after([chunked, length], whole), refused],
  ["chunks that are announced twice", after([chunked, chunked], whole), refused],
  ["chunks in chunks", after(["Transfer-Encoding: chunked, chunked"], whole), refused],
  ["chunks of gzip", after(["Transfer-Encoding: gzip, chunked"], whole), refused],
  ["chunks that are none", after(["Transfer-Encoding: identity"], query), refused],
  ["chunks of another name", after(["Transfer-Encoding: xchunked"], whole), refused],
  ["chunks behind a blank", after(["Transfer-Encoding : chunked", length], whole), refused],
  ["chunks behind a vertical tab", after(["Transfer-Encoding: \x0bchunked", length], whole), refused],
  ["chunks in HTTP/1.0", head("POST /graphql HTTP/1.0", [...json, chunked]) + whole + smuggled, refused],
  // Lengths that are none.
  ...["-1", "+5", "0x1a", "1e2", "5 5", "", "99999999999999999999999"].map((number) => [
    `the length "${number}"`,
    after([`Content-Length: ${number}`], query),
    refused,
  ]),
  // Lengths that lie.
  ["a length that is too short", [posting(...json, "Content-Length: 10"), query], "400 BAD_REQUEST, then 400, then closed"],
  // Chunks that are none.
  ["a chunk whose size is a word", inChunks("size\r\n", query), broken],
  ["a chunk whose size is negative", inChunks("-1\r\n", query), broken],
  ["a chunk whose size has a prefix", inChunks(`0x${query.length.toString(16)}\r\n${query}\r\n0\r\n\r\n`), broken],
  ["a chunk whose size is too large for a number", inChunks("fffffffffffffffff1\r\n", query), broken],
  ["a chunk that is longer than its size", inChunks(`5\r\n${query}\r\n0\r\n\r\n`), broken],
  ["chunks between bare line feeds", inChunks(whole.replaceAll("\r\n", "\n")), broken],
  // What is no HTTP.
  ["HTTP/0.9", "GET /graphql\r\n\r\n", refused],
  ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", refused],
  ["HTTP/9.9", head("GET / HTTP/9.9"), refused],
  ["TLS", Buffer.from("16030100200100001c0303\r\n\r\n", "latin1"), refused],
  ["mail", "EHLO example.org\r\n\r\n", refused],
  ["zeros", [Buffer.alloc(10_000), "\r\n\r\n"], refused],
  ["1 MiB without a line", overlong("x".repeat(1024 * 1024)), "431, then closed"],
]);
