// Sockets that break WebSocket or the protocol on it. Each is closed with the code that says why, or told an error.

import { origin } from "../hub.mjs";
import { assault } from "./attack.mjs";
import { frame, greeting, handshake, message, ping, subscribing, talk } from "./socket.mjs";

const KiB = 1024;
const invalid = "closed 1002"; // what is no frame, or no text
const tooLarge = "closed 1009";
const broken = "closed 4400"; // what is no message

const text = (words, more) => frame("text", words, more);
const more = (words, lasts) => frame("continuation", words, { final: lasts });
const first = { final: false };
const piece = "x".repeat(40 * KiB);
const mutation =
  'mutation { withdrawDeclaration(input: { idempotencyKey: "abuse-suite", id: "none", recordId: "none" }) { refusals { reason } } }';

assault("sockets that break WebSocket", talk, [
  // Frames.
  ["a frame that is not masked", [greeting, text("{}", { masked: false })], invalid],
  ["a frame with a bit that is reserved", [greeting, text("{}", { reserved: 4 })], invalid],
  ["a frame of no kind", [greeting, frame(3)], invalid],
  ["a frame about the connection of no kind", [greeting, frame(11)], invalid],
  ["a ping of 126 bytes", [greeting, frame("ping", "x".repeat(126))], invalid],
  ["a ping in two parts", [greeting, frame("ping", "x", first)], invalid],
  ["an end of one byte", [greeting, frame("close", "x")], invalid],
  ["an end with a code that nobody may send", [greeting, frame("close", Buffer.from([0x03, 0xee]))], invalid],
  ["HTTP in place of a frame", ["GET /graphql HTTP/1.1\r\n\r\n"], invalid],
  // Parts.
  ["a part of nothing", [greeting, more("x", true)], invalid],
  ["a message within another", [greeting, text("{", first), text("{}")], invalid],
  [
    "a message in 5,000 parts of nothing",
    [greeting, text("", first), ...Array(5_000).fill(more("", false)), more('{"type":"ping"}', true)],
    "pong",
  ],
  [
    "a message in 4,000 parts of a byte",
    [greeting, text("{", first), ...Array(4_000).fill(more(" ", false)), more('"type":"ping"}', true)],
    "pong",
  ],
  // Size.
  ["a byte more than 64 KiB", [greeting, text("x".repeat(64 * KiB + 1))], tooLarge],
  ["a byte more than 64 KiB in two parts", [greeting, text("x".repeat(64 * KiB), first), more("x", true)], tooLarge],
  ["parts without an end", () => [greeting, text(piece, first), ...Array(200).fill(more(piece, false))], tooLarge],
  ["16 MiB", [greeting, text("x".repeat(16 * KiB * KiB))], tooLarge, { times: 3 }],
  ["2^52 bytes, as the frame says", () => [greeting, text(piece, { length: 2 ** 52 }), ...Array(50).fill(piece)], tooLarge],
  ["2^63 bytes, as the frame says", [greeting, Buffer.from([0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0])], tooLarge],
  // Text.
  ["bytes that are no UTF-8", [greeting, text(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))], invalid],
  ["a surrogate in UTF-8", [greeting, text(Buffer.from([0xed, 0xa0, 0x80]))], invalid],
  ["parts that are no UTF-8 together", [greeting, text(Buffer.from([0xe8, 0xb4]), first), more("x", true)], invalid],
]);

assault("sockets that break the protocol", ({ frames, handshake: own = handshake, headers = [] }) => talk(frames, [...own, ...headers]), [
  // Handshakes.
  ...["https://evil.example", "null", `${origin}.evil.example`, `${origin}@evil.example`, "http://[::1]:1", "", "\xff"].map((foreign) => [
    `a page of the origin "${foreign}"`,
    { frames: [greeting, ping], headers: [`Origin: ${foreign}`] },
    "403 FORBIDDEN",
  ]),
  ["a page of our own origin, which may", { frames: [greeting, ping], headers: [`Origin: ${origin}`] }, "pong"],
  ["two hosts", { frames: [], headers: ["Host: evil.example", "Origin: http://evil.example"] }, "400"],
  ...[2, 3, 4].map((missing) => [
    `no ${handshake[missing].split(":")[0]}`,
    { frames: [], handshake: handshake.filter((_, place) => place !== missing) },
    "400 BAD_REQUEST",
  ]),
  ["another protocol", { frames: [], handshake: [...handshake.slice(0, 4), "Sec-WebSocket-Protocol: graphql-ws"] }, "400 BAD_REQUEST"],
  // Messages.
  ["bytes in place of text", { frames: [greeting, frame("binary", '{"type":"ping"}')] }, broken],
  ["no JSON", { frames: [greeting, text("{")] }, broken],
  ["a list of messages", { frames: [greeting, text('[{"type":"ping"}]')] }, broken],
  ["no type", { frames: [greeting, text("{}")] }, broken],
  ["two types", { frames: [greeting, text('{"type":"ping","type":"pong"}')] }, broken],
  ["a type that nobody knows", { frames: [greeting, message("start")] }, broken],
  ["a type of 60,000 letters", { frames: [greeting, message("x".repeat(60_000))] }, broken],
  ["60,000 lists inside one another", { frames: [greeting, text("[".repeat(60_000))] }, broken],
  ["half a character by its number", { frames: [greeting, text('{"type":"\\ud800"}')] }, broken],
  ["no id", { frames: [greeting, message("subscribe", { payload: { query: "{ __typename }" } })] }, broken],
  ["an id of 257 bytes", { frames: [greeting, subscribing("x".repeat(257))] }, broken],
  ["an id that is a number", { frames: [greeting, subscribing(1)] }, broken],
  ["no query", { frames: [greeting, message("subscribe", { id: "1", payload: {} })] }, broken],
  ["no payload", { frames: [greeting, message("subscribe", { id: "1" })] }, broken],
  ["an operation before the greeting", { frames: [subscribing("1")] }, "closed 4401"],
  ["a second greeting", { frames: [greeting, greeting] }, "closed 4429"],
  ["an id that is in use", { frames: [greeting, subscribing("1"), subscribing("1")] }, "closed 4409"],
  ["a hundred ends of nothing", { frames: [greeting, ...Array(100).fill(message("complete", { id: "none" })), ping] }, "pong"],
  ["a mutation, which only its rules decline", { frames: [greeting, subscribing("1", mutation)] }, "answered"],
]);
