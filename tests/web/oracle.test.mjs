// The hub takes the documents that graphql-js, the reference implementation, takes, and refuses those that it refuses.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { chance, disturbed } from "./disturbed.mjs";
import { httpEndpoint, within } from "./hub.mjs";
import { documents, objection, schemas, variables } from "./oracle.mjs";

/** What the hub refuses on purpose though graphql-js lets it pass. */
const stricter = [/ can only have one root field$/, /^this number is too large/];
const meant = (errors) => errors.length > 0 && errors.every(({ message }) => stricter.some((rule) => rule.test(message)));
/** Codes of a document that is not taken. Of these, a limit says nothing about validity. */
const invalid = ["GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"];
const limits = ["QUERY_TOO_LARGE", "QUERY_TOO_DEEP", "QUERY_TOO_COMPLEX"];
const DISTURBED = 2_000;
const AT_ONCE = 20;

/**
 * What the hub has against a document, told without running it: `{ limited, errors }`.
 * There are no errors where the document is valid, even if nothing could run without variables, a name or a stream.
 */
async function refusal(query) {
  const response = await within(
    fetch(httpEndpoint(), {
      method: "POST",
      headers: { "content-type": "application/json", "x-hub-cost": "dry-run" },
      body: JSON.stringify({ query }),
    }),
    "an answer",
  );
  const { errors = [], extensions, data } = await response.json();
  const codes = errors.map((error) => error.extensions?.code);
  const about = `${response.status} ${JSON.stringify({ errors, extensions })}\n${query}`;
  assert.equal(data ?? undefined, undefined, `it was run: ${about}`);
  if (errors.length === 0) assert.ok(extensions?.cost?.requested >= 0, `no price: ${about}`);
  const later = (error, code) => code === "BAD_USER_INPUT" && error.message.startsWith("`$");
  const valid = errors.every((error, at) => ["NOT_ACCEPTABLE", "OPERATION_NOT_FOUND"].includes(codes[at]) || later(error, codes[at]));
  const limited = codes.some((code) => limits.includes(code));
  const known = valid || limited || codes.every((code) => invalid.includes(code));
  assert.ok(known, `an answer that is no verdict: ${about}`);
  return { limited, errors: valid ? [] : errors };
}

/** Asks the hub about many documents, some at once. */
async function refusals(texts) {
  const found = [];
  for (let at = 0; at < texts.length; at += AT_ONCE) {
    found.push(...(await Promise.all(texts.slice(at, at + AT_ONCE).map(refusal))));
  }
  return found;
}

/** Fails with the first of the differences in full. */
function none(what, differences) {
  assert.equal(differences.length, 0, `${differences.length} ${what}\n\n${differences.slice(0, 20).join("\n\n")}`);
}

const recorded = [
  ...Object.entries(schemas).map(([name, schema]) => ({ file: `${name}.txt`, schema, cases: documents(`${name}.txt`) })),
  { file: "variables.txt", schema: schemas.probe, cases: variables("variables.txt") },
];

for (const { file, schema, cases } of recorded) {
  test(`the verdicts of ${file} are those of graphql-js`, () => {
    assert.ok(cases.length >= 100, `only ${cases.length} cases`);
    const differences = cases.flatMap(({ about, text, refused, reason }) => {
      const said = objection(schema, text, file === "variables.txt" ? JSON.parse(about) : undefined);
      const right = refused === (said !== undefined);
      return right ? [] : [`${about}: ${reason ?? (refused ? "refused" : "accepted")}, but graphql-js says ${said ?? "nothing"}\n${text}`];
    });
    none("verdicts are not those of graphql-js: see tests/web/oracle.mjs", differences);
  });
}

test("the hub has the recorded verdict on every document of hub.txt", async () => {
  const cases = documents("hub.txt");
  const found = await refusals(cases.map(({ text }) => text));
  const differences = cases.flatMap(({ about, text, refused, reason }, at) => {
    const { limited, errors } = found[at];
    const right = !limited && (reason ? meant(errors) : refused === errors.length > 0);
    return right ? [] : [`${about}: the hub says ${errors[0]?.message ?? "nothing"}\n${text}`];
  });
  none("verdicts of the hub are not those recorded", differences);
});

test("the hub and graphql-js agree on disturbed documents", async (t) => {
  const seed = process.env.NQI_TEST_SEED ?? randomBytes(8).readBigUInt64LE().toString();
  t.diagnostic(`repeat with NQI_TEST_SEED=${seed}`);
  const below = chance(BigInt(seed));
  const cases = documents("hub.txt");
  const [valid, all] = [cases.filter(({ refused }) => !refused), cases].map((some) => some.map(({ text }) => text));
  const questions = Array.from({ length: DISTURBED }, () => disturbed(valid, all, below));
  const found = await refusals(questions);
  const count = { accepted: 0, refused: 0, limited: 0, stricter: 0 };
  const differences = questions.flatMap((text, at) => {
    const { limited, errors } = found[at];
    const said = objection(schemas.hub, text);
    const same = (said === undefined) === (errors.length === 0);
    const verdict = limited ? "limited" : errors.length === 0 ? "accepted" : said === undefined && meant(errors) ? "stricter" : "refused";
    count[verdict] += 1;
    if (same || limited || verdict === "stricter") return [];
    return [`the hub says ${errors[0]?.message ?? "nothing"}, graphql-js ${said ?? "nothing"}\n${text}`];
  });
  t.diagnostic(JSON.stringify(count));
  none(`of ${DISTURBED} differ, with NQI_TEST_SEED=${seed}`, differences);
  assert.ok(count.accepted >= DISTURBED / 50 && count.refused >= DISTURBED / 4, `too few to tell: ${JSON.stringify(count)}`);
});
