// Bodies of requests that are too large, packed, broken, or no JSON that two readers understand alike.

import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { assault } from "./attack.mjs";
import { asking, chunk, json, post, posting, send } from "./wire.mjs";

const KiB = 1024;
const MiB = 1024 * KiB;
const bad = "400 BAD_REQUEST";
const packed = "415 BAD_REQUEST";
const tooLarge = "413 PAYLOAD_TOO_LARGE";

const query = asking("{ __typename }");
const piece = " ".repeat(64 * KiB);
const pieces = (size) => Array(Math.ceil(size / piece.length)).fill(piece);
const announced = (length) => posting(...json, `Content-Length: ${length}`);
const chunked = posting(...json, "Transfer-Encoding: chunked");
const inChunks = (texts) => [chunked, ...texts.map(chunk), "0\r\n\r\n"];
const encoded = (encoding, bytes) => post(bytes, [...json, `Content-Encoding: ${encoding}`]);
const variable = (text) => `{"query":"query($n: String!) { standard(number: $n) { id } }","variables":{"n":${text}}}`;
const bomb = gzipSync(Buffer.alloc(50 * MiB, " "));

const few = { times: 3 };

assault("bodies that are too large or packed", send, [
  ["a byte more than 64 KiB", post(query.padEnd(64 * KiB + 1)), tooLarge],
  ["a byte more than 64 KiB, in chunks", inChunks([query.padEnd(64 * KiB), " "]), tooLarge],
  ["70,000 chunks of a byte", [chunked, "1\r\n \r\n".repeat(70_000)], tooLarge],
  ["1 MiB", [announced(MiB), ...pieces(MiB)], tooLarge],
  ["50 MiB", [announced(50 * MiB), ...pieces(50 * MiB)], tooLarge, few],
  ["50 MiB in chunks", () => [chunked, ...pieces(50 * MiB).map(chunk)], tooLarge, few],
  ["a chunk of 50 MiB", [chunked, `${(50 * MiB).toString(16)}\r\n`, ...pieces(50 * MiB)], tooLarge, few],
  ["10 GiB that never come", announced(10 * KiB * MiB), tooLarge, few],
  ["10 GiB that are waited for", posting(...json, `Content-Length: ${10 * KiB * MiB}`, "Expect: 100-continue"), tooLarge, few],
  ["a chunk of 10 GiB", [chunked, `${(10 * KiB * MiB).toString(16)}\r\n`, ...pieces(MiB)], tooLarge, few],
  ["a chunk of 2^64 bytes", [chunked, "10000000000000000\r\n"], bad],
  [`50 MiB packed with gzip into ${Math.round(bomb.length / KiB)} KiB`, encoded("gzip", bomb), packed],
  ["gzip in gzip", encoded("gzip, gzip", gzipSync(bomb)), packed],
  ["gzip under a name of its own", encoded("x-gzip", bomb), packed],
  ["gzip behind a header that says there is none", encoded("identity, gzip", bomb), packed],
  ["gzip that nobody announced", post(bomb), bad],
  ["deflate", encoded("deflate", deflateSync(Buffer.alloc(MiB, " "))), packed],
  ["brotli", encoded("br", brotliCompressSync(Buffer.alloc(MiB, " "))), packed],
  ["a packing that nobody knows", encoded("middle-out", query), packed],
]);

assault("bodies that are no request", send, [
  ["bytes that are no UTF-8", post(Buffer.from([...Buffer.from('{"query":"{ __typename }'), 0xff, 0xfe, 0x22, 0x7d])), bad],
  ["half of a character", post(Buffer.from('{"query":"质').subarray(0, -1)), bad],
  ["a surrogate in UTF-8", post(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])), bad],
  ["slashes that are longer than they need be", post(Buffer.from([0x22, 0xc0, 0xaf, 0x22])), bad],
  ["UTF-16", post(Buffer.from(`\ufeff${query}`, "utf16le")), bad],
  ["UTF-8 that says so", post(`\ufeff${query}`), bad],
  ["U+0000 before the text", post(`\0${query}`), bad],
  ["U+0000 in the text", post('{"query":"{ __typename }\0"}'), bad],
  ["U+0000 behind the text", post(`${query}\0`), bad],
  ["half a character by its number", post(variable('"\\ud800"')), bad],
  ["two halves in the wrong order", post(variable('"\\udc00\\ud800"')), bad],
  ["U+0000 by its number in a variable", post(variable('"\\u0000"')), "400 BAD_USER_INPUT"],
  ["U+0000 by its number in a document", post('{"query":"{ __typename \\u0000 }"}'), "400 GRAPHQL_PARSE_FAILED"],
  ["64 KiB of U+0000", post(Buffer.alloc(64 * KiB)), bad],
  ["nothing", post(""), bad],
  ["null", post("null"), bad],
  ["a number", post("3"), bad],
  ["a string", post('"{ __typename }"'), bad],
  ["a request that is cut", post(query.slice(0, -1)), bad],
  ["a request and something behind it", post(`${query}${query}`), bad],
  ["a comment", post(`${query}//`), bad],
  ["no query", post("{}"), bad],
  ["a query that is a list", post('{"query":["{ __typename }"]}'), bad],
  ["variables that are a text", post('{"query":"{ __typename }","variables":"{}"}'), bad],
  ["a name that is a number", post('{"query":"{ __typename }","operationName":1}'), bad],
  ["an operation that is not there", post('{"query":"{ __typename }","operationName":"Other"}'), "400 OPERATION_NOT_FOUND"],
  ["two requests at once", post(`[${query},${query}]`), bad],
  ["2,000 requests at once", post(`[${Array(2_000).fill(query).join()}]`), bad],
  ["no requests at once", post(" [ ]"), bad],
  ["two queries", post('{"query":"{ __typename }","query":"{ hubInfo { version } }"}'), bad],
  ["two queries, one spelt in numbers", post('{"query":"{ __typename }","\\u0071uery":"{ hubInfo { version } }"}'), bad],
  ["two values of a variable", post('{"query":"{ __typename }","variables":{"a":{"b":1,"b":2}}}'), bad],
  ["60,000 lists inside one another", post("[".repeat(60_000)), bad],
  ["10,000 objects inside one another", post('{"a":'.repeat(10_000)), bad],
  ["30,000 lists inside one another in a variable", post(variable("[".repeat(30_000) + "]".repeat(30_000))), bad],
  ["100 lists inside one another in a variable", post(variable("[".repeat(100) + "]".repeat(100))), "400 BAD_USER_INPUT"],
  ["a number of 60,000 digits", post(variable("9".repeat(60_000))), bad],
  ["a number of 10^999999", post(variable("1e999999")), bad],
  [
    "6,000 variables that nobody declared",
    post(`{"query":"{ __typename }","variables":{${Array.from({ length: 6_000 }, (_, i) => `"v${i}":1`)}}}`),
    "200",
  ],
  ["a hash that is none", post('{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"../../etc/passwd"}}}'), bad],
  [
    "a hash of another document",
    post(JSON.stringify({ query: "{ __typename }", extensions: { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } } })),
    bad,
  ],
  ["a document by a name that is a path", post('{"documentId":"../../../etc/passwd"}'), "400 DOCUMENT_NOT_FOUND"],
  ["a document by a name of 60,000 letters", post(JSON.stringify({ documentId: "x".repeat(60_000) })), "400 DOCUMENT_NOT_FOUND"],
]);
