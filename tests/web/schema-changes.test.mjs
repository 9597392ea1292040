// Each kind of change has its level and its coordinate, and no breaking change goes unsaid.

import assert from "node:assert/strict";
import { test } from "node:test";
import { buildSchema, findBreakingChanges } from "graphql";
import { announced, changes, unannounced } from "./schema-changes.mjs";

const before = `
  "Told." directive @told(to: String) on FIELD
  interface Node { id: ID! }
  enum Status { IN_FORCE WITHDRAWN }
  scalar Date
  input Filter { status: Status on: Date = "2026-01-01" }
  type Standard implements Node { id: ID! name: String number: String! status(on: Date): Status! }
  type Region implements Node { id: ID! }
  union Found = Standard | Region
  type Query { standard(number: String!, filter: Filter): Standard search: [Found] }
`;

/** What is replaced by what, and the level and coordinate that it must have. */
const cases = [
  ["a field goes", "name: String ", "", "BREAKING", "Standard.name"],
  ["an output becomes nullable", "number: String! s", "number: String s", "BREAKING", "Standard.number"],
  ["an output changes its type", "name: String ", "name: Int ", "BREAKING", "Standard.name"],
  ["a type goes", "union Found = Standard | Region", "union Found = Standard", "BREAKING", "Found"],
  ["a member of an enum goes", "IN_FORCE WITHDRAWN", "IN_FORCE", "BREAKING", "Status.WITHDRAWN"],
  ["an interface goes", "type Region implements Node", "type Region", "BREAKING", "Region"],
  ["an argument goes", "status(on: Date)", "status", "BREAKING", "Standard.status(on:)"],
  ["an argument becomes required", "filter: Filter)", "filter: Filter!)", "BREAKING", "Query.standard(filter:)"],
  ["a required argument comes", "filter: Filter)", "filter: Filter, day: Date!)", "BREAKING", "Query.standard(day:)"],
  ["a field of an input goes", "status: Status on: Date", "on: Date", "BREAKING", "Filter.status"],
  ["a required field of an input comes", "status: Status on", "status: Status kind: Int! on", "BREAKING", "Filter.kind"],
  ["an argument of a directive goes", "@told(to: String)", "@told", "BREAKING", "@told(to:)"],
  ["of the fields of an input one is wanted", "input Filter", "input Filter @oneOf", "BREAKING", "Filter"],
  ["a member of an enum comes", "IN_FORCE WITHDRAWN", "IN_FORCE WITHDRAWN REPLACED", "DANGEROUS", "Status.REPLACED"],
  ["a member of a union comes", "| Region", "| Region | Query", "DANGEROUS", "Found"],
  ["a default changes", "2026-01-01", "2026-12-31", "DANGEROUS", "Filter.on"],
  ["a default comes", "number: String!, filter", 'number: String! = "x", filter', "DANGEROUS", "Query.standard(number:)"],
  ["an argument with a default comes", "filter: Filter)", "filter: Filter, first: Int = 20)", "DANGEROUS", "Query.standard(first:)"],
  ["a field comes", "name: String ", "name: String title: String ", "SAFE", "Standard.title"],
  ["a type comes", "scalar Date", "scalar Date scalar DateTime", "SAFE", "DateTime"],
  ["a nullable argument comes", "filter: Filter)", "filter: Filter, day: Date)", "SAFE", "Query.standard(day:)"],
  ["a nullable field of an input comes", "status: Status on", "status: Status kind: Int on", "SAFE", "Filter.kind"],
  ["an output becomes non-null", "name: String ", "name: String! ", "SAFE", "Standard.name"],
  ["an argument becomes optional", "number: String!, filter", "number: String, filter", "SAFE", "Query.standard(number:)"],
  ["a field is deprecated", "name: String ", 'name: String @deprecated(reason: "x") ', "SAFE", "Standard.name"],
  ["an argument is deprecated", "filter: Filter)", 'filter: Filter @deprecated(reason: "x"))', "SAFE", "Query.standard(filter:)"],
];

for (const [what, old, replacement, level, coordinate] of cases) {
  test(`${what}: ${level} ${coordinate}`, async () => {
    const after = before.replace(old, replacement);
    assert.notEqual(after, before);
    const found = await changes(before, after);
    assert.ok(found.length > 0, "no change was found");
    const worst = found[0];
    assert.deepEqual({ level: worst.level, coordinate: worst.coordinate }, { level, coordinate }, JSON.stringify(found));
    if (after.includes("@oneOf")) return; // graphql-js does not compare it.
    const breaking = findBreakingChanges(buildSchema(before), buildSchema(after));
    assert.equal(breaking.length > 0, level === "BREAKING", `graphql-js says ${JSON.stringify(breaking)}`);
  });
}

test("the same schema, and one with other descriptions, has no changes", async () => {
  assert.deepEqual(await changes(before, before), []);
  assert.deepEqual(await changes(before, before.replace("Told.", "Said.").replace("scalar Date", '"A day." scalar Date')), []);
});

test("a breaking change has to be announced under Unreleased, as BREAKING, by its coordinate", async () => {
  const found = await changes(before, before.replace("name: String ", "").replace("IN_FORCE WITHDRAWN", "IN_FORCE"));
  const silent = (changelog) => unannounced(found, changelog).map(({ coordinate }) => coordinate);
  const both = ["Standard.name", "Status.WITHDRAWN"];
  const entry = "- BREAKING: `Standard.name` and\n  `Status.WITHDRAWN` are gone.\n";
  assert.deepEqual(silent(""), both);
  assert.deepEqual(silent("## [Unreleased]\n### Changed\n- SAFE: `Standard.name` and `Status.WITHDRAWN`\n"), both);
  assert.deepEqual(silent(`## [Unreleased]\n\n## [0.1.0]\n${entry}`), both);
  assert.deepEqual(silent("## [Unreleased]\n- BREAKING: `Standard.name` is gone.\n- Other: `Status.WITHDRAWN`\n"), ["Status.WITHDRAWN"]);
  assert.deepEqual(silent(`# Changelog\n## [Unreleased]\n### Removed\n${entry}## [0.1.0]\n`), []);
  assert.deepEqual([...announced(`## [Unreleased]\n${entry}`)], both);
});
