// A cable between a client and the hub that a test can cut.

import net from "node:net";
import { origin } from "./hub.mjs";

/** Listens on a port of its own and passes every byte on to the hub, until it is cut; the next connection finds it whole. */
export async function cable() {
  const { hostname, port } = new URL(origin);
  const open = new Set();
  let connections = 0;
  const server = net.createServer((near) => {
    connections += 1;
    const far = net.connect({ host: hostname, port: Number(port || 80) });
    const pair = { near, far };
    open.add(pair);
    const end = () => {
      open.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const one of [near, far]) one.on("error", end).on("close", end);
    near.pipe(far).pipe(near);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    /** The origin that a client is given in place of the hub's. */
    origin: `http://127.0.0.1:${server.address().port}`,
    /** How many connections there are now. */
    open: () => open.size,
    /** How many connections there have been. */
    connections: () => connections,
    /** Cuts every connection, without a word to either side. */
    cut() {
      for (const { near, far } of open) {
        near.resetAndDestroy();
        far.resetAndDestroy();
      }
    },
    /** Cuts and takes no further connection. */
    async close() {
      this.cut();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Waits until a condition holds, looking every 50 ms. */
export async function until(condition, what, milliseconds = 15_000) {
  const end = Date.now() + milliseconds;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`${what}: not within ${milliseconds} ms`);
    await new Promise((later) => setTimeout(later, 50));
  }
}
