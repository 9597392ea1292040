// Queries that are as dear as the hub allows, at once: as many as one address has the budget for in a minute.

import { siege } from "./attack.mjs";
import { all } from "./crowd.mjs";
import { asking, post, send } from "./wire.mjs";

/** What an address may spend in a minute unless told otherwise; the hub under test runs without that limit. */
const budget = 500_000;
const fields =
  "id number numberKey numberRaw name nameReported statusWord issuingBodies committee department notes provenance { __typename }";
const pages = 20;
const query = `{ ${Array.from({ length: pages }, (_, page) => `p${page}: standards(first: 200) { nodes { ${fields} } }`).join(" ")} }`;
const price = pages * 1_201;
const most = Math.floor(budget / price);

/** Whether an answer came, or the word that there is too much to do. */
async function ask() {
  const outcome = await send(post(asking(query)));
  return /^(200|503 OVERLOADED|504 DEADLINE_EXCEEDED)\b/.test(outcome) ? "answered or put off" : outcome;
}

siege(
  "dear queries",
  [
    [
      `${most} queries that cost ${price} each, at once`,
      () => all(most, ask),
      `${most} times answered or put off`,
      { times: 1, of: most * price },
    ],
  ],
  { late: 500 }, // It is work that was ordered, not work that could be refused.
);
