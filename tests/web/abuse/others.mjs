// Other clients of the hub, in a thread of their own: they ask for a standard again and again and measure how long they wait.

import { once } from "node:events";
import http from "node:http";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { httpEndpoint, standard } from "../hub.mjs";

/** Milliseconds between an answer and the next question, and after which an answer counts as never. */
const pause = 4;
const never = 5_000;

/** Starts them. `ask()` lets them begin; the function that it gives lets them stop, and gives `{ at, wait }` of each answer. */
export async function others() {
  const thread = new Worker(new URL(import.meta.url));
  await once(thread, "online");
  return {
    ask() {
      thread.postMessage("ask");
      return async () => {
        thread.postMessage("stop");
        return (await once(thread, "message"))[0];
      };
    },
    close: () => thread.terminate(),
  };
}

const ascending = (one, other) => one - other;

/** Cuts what came in a long time into runs of a second each. An answer counts in every second in which it was waited for. */
export function seconds(answers) {
  const runs = [];
  for (const answer of answers) {
    const last = Math.floor((answer.at + answer.wait) / 1000);
    for (let second = Math.floor(answer.at / 1000); second <= last; second++) (runs[second] ??= []).push(answer);
  }
  return runs.filter(Boolean);
}

/** The wait that one answer in a hundred exceeds, in milliseconds, in such a share of all runs of answers. */
export function p99(runs, share) {
  const highest = runs.map((run) => run.map(({ wait }) => wait).sort(ascending)[Math.ceil(run.length * 0.99) - 1]);
  return highest.sort(ascending)[Math.ceil(highest.length * share) - 1];
}

function answer(agent) {
  return new Promise((done) => {
    const began = performance.now();
    const ended = (good) => done(good ? performance.now() - began : never);
    const request = http.request(httpEndpoint(), { agent, method: "POST", headers: { "content-type": "application/json" } });
    request.setTimeout(never, () => request.destroy());
    request.on("error", () => ended(false));
    request.on("response", (response) => {
      response.resume();
      response.on("end", () => ended(response.statusCode === 200));
      response.on("error", () => ended(false));
    });
    request.end(JSON.stringify({ query: standard.document, variables: standard.variables }));
  });
}

async function thread() {
  let asking = false;
  parentPort.on("message", async (word) => {
    asking = word === "ask";
    if (!asking) return;
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const began = performance.now();
    const answers = [];
    while (asking) {
      const at = performance.now() - began;
      answers.push({ at, wait: await answer(agent) });
      await new Promise((later) => setTimeout(later, pause));
    }
    agent.destroy();
    parentPort.postMessage(answers);
  });
}

if (!isMainThread) thread();
