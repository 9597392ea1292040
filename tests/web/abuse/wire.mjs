// HTTP as it is on the wire: sends bytes as they are, whether they are a request or not, and tells in a word what came back.

import net from "node:net";
import { origin } from "../hub.mjs";

const { host, hostname, port } = new URL(origin);

/** Bytes of an answer beyond which its size is told: nobody should get much for an attack. */
const small = 256 * 1024;
/** Milliseconds after which something should have happened. */
const patience = 40_000;

export const connect = () => net.connect({ host: hostname, port: Number(port) });

/** A head out of its first line and its headers, each a line `Name: value`. */
export const head = (line, headers = []) => [line, `Host: ${host}`, ...headers, "", ""].join("\r\n");

/** The headers of a client that is told by the status what happened, and a body of JSON. */
export const json = ["Accept: application/graphql-response+json", "Content-Type: application/json"];

/** The head of a `POST`. */
export const posting = (...headers) => head("POST /graphql HTTP/1.1", headers);

/** A `POST` of a body, with as many headers as wanted beside the length of it. */
export const post = (body, headers = json) => [posting(...headers, `Content-Length: ${Buffer.byteLength(body)}`), body];

/** A body that asks for a document. */
export const asking = (query, variables) => JSON.stringify({ query, variables });

/** A `GET` with parameters. */
export const get = (parameters, headers = json.slice(0, 1)) =>
  head(`GET /graphql?${parameters instanceof Object ? new URLSearchParams(parameters) : parameters} HTTP/1.1`, headers);

/** A request that the hub answers with 200. */
export const harmless = post(asking("{ __typename }")).join("");

/** A piece of a body in chunks. */
export const chunk = (text) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

/** A text in two pieces: as much as the hub reads of a head, and the rest when it had time to say that this is too much. */
export const overlong = (text) =>
  async function* () {
    const most = 128 * 1024;
    yield text.slice(0, most);
    await new Promise((later) => setTimeout(later, 200));
    yield text.slice(most);
  };

/** Reads answers out of bytes, without keeping more than the beginnings of them. */
export class Answers {
  all = [];
  #head = Buffer.alloc(0);
  #open;

  /** Takes bytes in. */
  take(bytes) {
    while (bytes.length > 0) bytes = this.#open ? this.#body(bytes) : this.#start(bytes);
  }

  /** How many answers are whole. */
  get whole() {
    return this.all.length - (this.#open ? 1 : 0);
  }

  /** All answers in words, such as `405 METHOD_NOT_ALLOWED, allow POST`. */
  get words() {
    const words = this.all.map(({ status, allow, size, text }) => {
      const code = /"code":"([A-Z_]+)"/.exec(text)?.[1];
      return [code ? `${status} ${code}` : status, allow && `allow ${allow}`, size > small && `${size} bytes`].filter(Boolean).join(", ");
    });
    const runs = [];
    for (const word of words) {
      if (runs.at(-1)?.word === word) runs.at(-1).times += 1;
      else runs.push({ word, times: 1 });
    }
    return runs.map(({ word, times }) => (times > 1 ? `${times} times ${word}` : word));
  }

  #start(bytes) {
    this.#head = Buffer.concat([this.#head, bytes]);
    const end = this.#head.indexOf("\r\n\r\n");
    if (end < 0) return [];
    const text = this.#head.toString("latin1", 0, end);
    const rest = this.#head.subarray(end + 4);
    this.#head = Buffer.alloc(0);
    const status = /^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1] ?? `no HTTP: ${text.slice(0, 40)}`;
    if (status.startsWith("1") && status !== "101") return rest;
    const header = (name) => new RegExp(`^${name}: *(.*)$`, "im").exec(text)?.[1];
    const answer = { status, allow: header("allow"), size: 0, text: "" };
    const length = Number(header("content-length") ?? Infinity);
    const chunked = header("transfer-encoding") === "chunked";
    this.all.push(answer);
    if (length > 0 && status !== "304" && status !== "101") this.#open = { answer, length, chunked, tail: "" };
    return rest;
  }

  #body(bytes) {
    const { answer, length, chunked } = this.#open;
    const own = bytes.subarray(0, Math.min(bytes.length, length - answer.size));
    answer.size += own.length;
    if (answer.text.length < small) answer.text += own.toString("latin1");
    this.#open.tail = (this.#open.tail + own.subarray(-5).toString("latin1")).slice(-5);
    if (chunked ? this.#open.tail === "0\r\n\r\n" : answer.size === length) this.#open = undefined;
    return bytes.subarray(own.length);
  }
}

/**
 * Sends pieces of bytes on a connection of their own and tells what came back: the answers, one unless more are told, and
 * `closed` if the hub ended the connection before they were there; with `answers: Infinity` it has to end it. `every`
 * milliseconds stand between two pieces; what is sent stops when the answers are there. A connection that `ends` says behind
 * the last piece that nothing follows.
 */
export function send(pieces, { answers = 1, every = 0, ends = false } = {}) {
  return new Promise((done) => {
    const socket = connect();
    const heard = new Answers();
    let over = false;
    const end = (...last) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      socket.destroy();
      done([...heard.words, ...last].join(", then "));
    };
    const timer = setTimeout(() => end("nothing more"), patience);
    socket.on("data", (bytes) => {
      heard.take(bytes);
      if (heard.whole >= answers) end();
    });
    socket.on("error", () => end("closed"));
    socket.on("close", () => end("closed"));
    const gone = new Promise((closed) => socket.once("close", closed));
    const write = async () => {
      for await (const piece of pieces instanceof Function ? pieces() : [pieces].flat()) {
        if (over) return;
        const taken = socket.write(piece);
        if (!taken) await Promise.race([new Promise((later) => socket.once("drain", later)), gone]);
        // Between two pieces what came back is read, before a connection that is ended takes it away.
        await new Promise((later) => (every > 0 ? setTimeout(later, every) : setImmediate(later)));
      }
      if (ends) socket.end();
    };
    socket.on("connect", write);
  });
}
