// The official audits of GraphQL over HTTP.

import { serverAudits } from "graphql-http";

/** Audits whose failure is meant, by their id, with the reason. A MAY only: what is a MUST or SHOULD has no exception. */
export const exceptions = new Map();

/**
 * Runs every audit against an endpoint, one after the other.
 * @returns one `{ id, name, level, passed, reason }` an audit; `level` is MUST, SHOULD or MAY.
 */
export async function audit(url, fetchFn = fetch) {
  const results = [];
  for (const { id, name, fn } of serverAudits({ url, fetchFn: (...request) => bounded(fetchFn, ...request) })) {
    const level = name.split(" ")[0];
    let result;
    try {
      result = await fn();
    } catch (cause) {
      // An audit throws where the server gives no answer at all.
      result = { status: "error", reason: `${cause.message}${cause.cause ? `: ${cause.cause.message}` : ""}` };
    }
    results.push({ id, name, level, passed: result.status === "ok", reason: result.reason });
  }
  return results;
}

/** The line that is printed for an audit. */
export function line({ id, name, passed, reason }) {
  return `${passed ? "ok  " : "FAIL"} ${id} ${name}${passed ? "" : `: ${reason}`}`;
}

function bounded(fetchFn, input, init) {
  return fetchFn(input, { ...init, signal: AbortSignal.timeout(10_000) });
}
