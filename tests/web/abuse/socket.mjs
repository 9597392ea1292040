// WebSocket as it is on the wire: sends frames as they are, whether they are right or not, and tells in a word what came back.

import { connect, head } from "./wire.mjs";

/** Milliseconds after which something should have happened. */
const patience = 20_000;

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9 };

/** A frame. Its `length` may lie. */
export function frame(kind, payload = "", { final = true, masked = true, reserved = 0, length } = {}) {
  const bytes = Buffer.from(payload);
  const size = length ?? bytes.length;
  const start = [(final ? 0x80 : 0) | (reserved << 4) | (opcodes[kind] ?? kind)];
  const mask = masked ? 0x80 : 0;
  if (size < 126) start.push(mask | size);
  else if (size < 65_536) start.push(mask | 126, size >> 8, size & 255);
  else start.push(mask | 127, ...Array.from({ length: 8 }, (_, place) => Number((BigInt(size) >> BigInt(56 - 8 * place)) & 255n)));
  // A key of zeros leaves the payload as it is.
  return Buffer.concat([Buffer.from(start), Buffer.alloc(masked ? 4 : 0), bytes]);
}

/** A message of the protocol. */
export const message = (type, more = {}) => frame("text", JSON.stringify({ type, ...more }));
export const greeting = message("connection_init");
export const subscribing = (id, query = "subscription { head { position } }") => message("subscribe", { id, payload: { query } });
export const ping = message("ping");

/** The headers of a handshake. */
export const handshake = [
  "Upgrade: websocket",
  "Connection: Upgrade",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  "Sec-WebSocket-Protocol: graphql-transport-ws",
];

/** A connection on which a handshake has been sent. It gives what it hears to `heard(kind, payload)`, 101 as kind too. */
export function open(heard, headers = handshake) {
  const socket = connect();
  let bytes = Buffer.alloc(0);
  let opened = false;
  socket.on("connect", () => socket.write(head("GET /graphql HTTP/1.1", headers)));
  socket.on("data", (more) => {
    bytes = bytes.length > 0 ? Buffer.concat([bytes, more]) : more;
    if (!opened) {
      const end = bytes.indexOf("\r\n\r\n");
      if (end < 0) return;
      const status = bytes.toString("latin1", 9, 12);
      opened = status === "101";
      const refusal = bytes.toString("latin1", end);
      bytes = bytes.subarray(end + 4);
      heard("status", opened ? status : `${status} ${/"code":"([A-Z_]+)"/.exec(refusal)?.[1] ?? ""}`.trim());
    }
    while (opened) {
      const size = bytes.length < 2 ? 0 : bytes[1] & 127;
      const start = size === 127 ? 10 : size === 126 ? 4 : 2;
      if (bytes.length < start) return;
      const length = size === 127 ? Number(bytes.readBigUInt64BE(2)) : size === 126 ? bytes.readUInt16BE(2) : size;
      if (bytes.length < start + length) return;
      const kind = bytes[0] & 15;
      const payload = bytes.subarray(start, start + length);
      bytes = bytes.subarray(start + length);
      heard(kind, payload);
    }
  });
  return socket;
}

/**
 * Opens a socket, sends frames and tells the first of these: `closed CODE`, `closed` without a word, `error CODE` or
 * `answered` of an operation, `pong`, or the status of a refused handshake.
 */
export function talk(frames, headers) {
  return new Promise((done) => {
    const socket = open((kind, payload) => {
      if (kind === "status" && payload === "101") write();
      else if (kind === "status") end(payload);
      else if (kind === opcodes.close) end(`closed ${payload.length > 1 ? payload.readUInt16BE(0) : ""}`.trim());
      else if (kind === opcodes.text) hear(JSON.parse(payload));
    }, headers);
    const hear = ({ type, payload }) => {
      if (type === "error") end(`error ${payload[0].extensions.code}`);
      if (type === "complete") end("answered");
      if (type === "pong") end("pong");
    };
    let over = false;
    const end = (outcome) => {
      over = true;
      clearTimeout(timer);
      socket.destroy();
      done(outcome);
    };
    const timer = setTimeout(() => end("nothing"), patience);
    const write = async () => {
      for (const piece of frames instanceof Function ? frames() : frames) {
        if (over) return;
        if (!socket.write(piece)) await new Promise((later) => socket.once("drain", later).once("close", later));
      }
    };
    socket.on("error", () => end("closed"));
    socket.on("close", () => end("closed"));
  });
}
