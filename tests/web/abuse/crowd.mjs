// Many clients at once, and clients that are slow to speak or never listen.

import { connect } from "./wire.mjs";

/** Counts what came of many attempts: `2 times 101, 1 times 429`. */
export function counted(outcomes) {
  const counts = new Map();
  for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts]
    .map(([outcome, count]) => `${count} times ${outcome}`)
    .sort()
    .join(", ");
}

/** Lets so many attempt something at the same time. */
export const all = async (count, attempt) => counted(await Promise.all(Array.from({ length: count }, (_, number) => attempt(number))));

/** Lets many attempt something, so many at a time. */
export async function some(atOnce, count, attempt) {
  const outcomes = [];
  let next = 0;
  const one = async () => {
    while (next < count) outcomes.push(await attempt(next++));
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return counted(outcomes);
}

/**
 * Sends pieces and reads nothing for so long, then all that is left. Tells whether the hub has ended the connection meanwhile,
 * or gives everything still: more than so many bytes.
 */
export function unread(pieces, milliseconds, everything) {
  return new Promise((done) => {
    const socket = connect();
    let heard = 0;
    const end = (outcome) => {
      clearTimeout(timer);
      socket.destroy();
      done(outcome);
    };
    const timer = setTimeout(() => end("open"), milliseconds + 10_000);
    socket.pause();
    socket.on("connect", async () => {
      for await (const piece of pieces()) if (!socket.destroyed) socket.write(piece);
    });
    socket.on("data", (more) => {
      heard += more.length;
      if (heard >= everything) end("given everything");
    });
    socket.on("error", () => end("let go"));
    socket.on("close", () => end("let go"));
    setTimeout(() => socket.resume(), milliseconds);
  });
}
