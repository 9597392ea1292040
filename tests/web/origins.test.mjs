// Pages of other origins in a real browser: those that the hub allows may ask, and no others.
//
// NQI_TEST_PORTAL is the origin that the hub allows, http://127.0.0.1:PORT. The pages are served from this machine like the
// hub: a browser keeps pages of the wide world away from it on its own, and would hide what the hub does.

import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import { after, before, describe, test } from "node:test";
import { launch } from "./browser.mjs";
import { head, httpEndpoint, socketEndpoint, standard } from "./hub.mjs";

const portal = process.env.NQI_TEST_PORTAL;
if (!portal) throw new Error("NQI_TEST_PORTAL is not set: node tests/web/run.mjs origins starts a hub with it");

/** What a page does to ask: plainly, with a header that makes the browser ask first, by GET, and over a socket. */
const ways = {
  post: ([url, , { document: query, variables }]) =>
    fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query, variables }) })
      .then((response) => response.json())
      .then(({ data }) => data.standard.number),
  header: ([url, , { document: query, variables }]) =>
    fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "apollographql-client-name": "portal" },
      body: JSON.stringify({ query, variables }),
    }).then((response) => response.headers.get("x-request-id")),
  get: ([url, , { document, variables }]) =>
    fetch(`${url}?${new URLSearchParams({ query: document, variables: JSON.stringify(variables) })}`)
      .then((response) => response.json())
      .then(({ data }) => data.standard.number),
  socket: ([, url, , query]) =>
    new Promise((done, failed) => {
      const socket = new WebSocket(url, "graphql-transport-ws");
      socket.onopen = () => socket.send(JSON.stringify({ type: "connection_init" }));
      socket.onerror = () => failed(new Error("no socket"));
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(data);
        if (message.type === "connection_ack") socket.send(JSON.stringify({ type: "subscribe", id: "1", payload: { query } }));
        if (message.type !== "next") return;
        done(message.payload.data.head.epoch);
        socket.close();
      };
    }),
};

describe("pages of other origins", () => {
  let browser;
  let others;
  const servers = [];

  /** Serves an empty page on a port of 127.0.0.1; gives the port. */
  async function serve(port) {
    const server = http.createServer((_, response) => response.setHeader("content-type", "text/html").end("<!doctype html>"));
    servers.push(server.listen(port, "127.0.0.1"));
    await once(server, "listening");
    return server.address().port;
  }

  before(async () => {
    const port = await serve(new URL(portal).port);
    others = [`http://127.0.0.1:${await serve(0)}`, `http://localhost:${port}`];
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    for (const server of servers) server.close();
  });

  /** Lets a page of an origin ask; gives what it was answered, or that it failed. */
  async function ask(from, way) {
    const page = await browser.newPage();
    page.setDefaultTimeout(15_000);
    try {
      await page.goto(`${from}/`);
      return await page.evaluate(ways[way], [httpEndpoint(), socketEndpoint(), standard, head.document]).catch((error) => error);
    } finally {
      await page.close();
    }
  }

  for (const way of Object.keys(ways)) {
    test(`a page that is allowed is answered: ${way}`, async () => {
      const answer = await ask(portal, way);
      assert.equal(typeof answer, "string", String(answer));
      assert.notEqual(answer, "");
      if (way === "post" || way === "get") assert.equal(answer, standard.number);
    });

    test(`a page that is not allowed learns nothing: ${way}`, async () => {
      for (const other of others) {
        const answer = await ask(other, way);
        assert.ok(answer instanceof Error, `${other} was answered ${answer}`);
        assert.match(answer.message, /Failed to fetch|no socket/);
      }
    });
  }
});
