// The process of the hub under test: which one answers, what it holds and what it has spent.
//
// NQI_TEST_PID is its id. Memory and processor time are read from /proc; where there is none, `unmeasured` says so.

import { existsSync, readFileSync } from "node:fs";
import { httpEndpoint } from "../hub.mjs";

const pid = Number(process.env.NQI_TEST_PID);
if (!pid) throw new Error("NQI_TEST_PID is not set: node tests/web/run.mjs abuse starts a hub and tells its process id");

/** Why nothing can be measured here, for `skip`; false where it can. */
export const unmeasured =
  !existsSync("/proc/self/stat") && `${process.platform} has no /proc: memory and processor time of the hub are not measured`;

const read = (file) => readFileSync(`/proc/${pid}/${file}`, "utf8");

/** Memory of the hub that is resident, in MiB. */
export const resident = () => Number(/^VmRSS:\s+(\d+) kB/m.exec(read("status"))[1]) / 1024;

/** Milliseconds of one tick of /proc: Linux tells 100 a second on every machine. */
const tick = 10;

/** Processor time that the hub has spent until now, in milliseconds. */
export function processorTime() {
  const [user, system] = read("stat")
    .replace(/^.*\) /s, "")
    .split(" ")
    .slice(11, 13);
  return (Number(user) + Number(system)) * tick;
}

/** What the process that answers calls itself: the ids that it gives begin with the time of its start. */
export async function answering() {
  const response = await fetch(httpEndpoint(), { method: "OPTIONS", signal: AbortSignal.timeout(10_000) });
  await response.arrayBuffer();
  process.kill(pid, 0); // Throws when there is no such process.
  return response.headers.get("x-request-id").split("-")[0];
}
