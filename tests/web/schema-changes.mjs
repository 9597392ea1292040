// What changed in the schema since the last release, by coordinates: BREAKING, DANGEROUS or SAFE.
//
//   node tests/web/schema-changes.mjs
//
// prints one line a change and fails on a BREAKING one that CHANGELOG.md does not announce under Unreleased, in an entry
// that begins with BREAKING and names the coordinate between backticks. The last release is the newest tag v*; until
// there is one, `released.graphql` stands for it.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildASTSchema, parse, visit } from "graphql";

const root = fileURLToPath(new URL("../..", import.meta.url));
const levels = {
  [CriticalityLevel.Breaking]: "BREAKING",
  [CriticalityLevel.Dangerous]: "DANGEROUS",
  [CriticalityLevel.NonBreaking]: "SAFE",
};
const order = Object.values(levels);

/**
 * The changes between two texts of a schema, the worst first, then by coordinate.
 * @returns `{ level, coordinate, message }`, one for each coordinate and level; changes of descriptions are left out.
 */
export async function changes(before, after) {
  const found = await diff(undescribed(before), undescribed(after), [newArguments]);
  const ordered = found
    .map(({ criticality, path, message }) => ({ level: levels[criticality.level], coordinate: coordinate(path), message }))
    .sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level) || (a.coordinate < b.coordinate ? -1 : 1));
  return ordered.filter((change, at) => {
    const last = ordered[at - 1];
    return change.level !== last?.level || change.coordinate !== last.coordinate;
  });
}

function undescribed(text) {
  const enter = (node) => ("description" in node ? { ...node, description: undefined } : undefined);
  return buildASTSchema(visit(parse(text), { enter }));
}

/** A nullable argument or field of an input without a default changes no request that was possible before. */
function newArguments({ changes }) {
  return changes.map((change) => {
    const { type, meta } = change;
    const isNew =
      (type === "FIELD_ARGUMENT_ADDED" && !meta.isAddedFieldArgumentBreaking && !meta.hasDefaultValue) ||
      (type === "INPUT_FIELD_ADDED" && meta.isAddedInputFieldTypeNullable && meta.addedFieldDefault === undefined);
    return isNew ? { ...change, criticality: { level: CriticalityLevel.NonBreaking } } : change;
  });
}

/** `Type`, `Type.member`, `Type.field(argument:)`, `@directive` or `@directive(argument:)`, from names with dots between. */
function coordinate(path) {
  if (!path) return "schema";
  const names = path.split(".@")[0].split("."); // Behind `.@` stands a directive that is written there.
  const parents = path.startsWith("@") ? 1 : 2;
  return names.length > parents ? `${names.slice(0, parents).join(".")}(${names[parents]}:)` : names.join(".");
}

/** The coordinates that the entries of a changelog announce as BREAKING under Unreleased. */
export function announced(changelog) {
  const unreleased = changelog.split(/^## /m).find((section) => section.startsWith("[Unreleased]")) ?? "";
  const entries = unreleased.split(/^- /m).slice(1);
  const breaking = entries.filter((entry) => entry.startsWith("BREAKING"));
  return new Set(breaking.flatMap((entry) => [...entry.matchAll(/`([^`]+)`/g)].map(([, name]) => name)));
}

/** The BREAKING changes that a changelog does not announce. */
export function unannounced(found, changelog) {
  const known = announced(changelog);
  return found.filter(({ level, coordinate }) => level === "BREAKING" && !known.has(coordinate));
}

/** The schema of the last release and what it is called. */
function lastRelease() {
  const git = (...words) => execFileSync("git", words, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  let tag;
  try {
    [tag] = git("tag", "--list", "v[0-9]*", "--merged", "HEAD", "--sort=-version:refname").split("\n");
  } catch {
    // Not a clone of the repository: the file stands for the release.
  }
  if (tag) return { name: tag, text: git("show", `${tag}:schema.graphql`) };
  return { name: "released.graphql", text: readFileSync(new URL("released.graphql", import.meta.url), "utf8") };
}

async function main() {
  const release = lastRelease();
  const found = await changes(release.text, readFileSync(`${root}/schema.graphql`, "utf8"));
  console.log(`${found.length} changes of the schema since ${release.name}`);
  for (const { level, coordinate, message } of found) console.log(`${level.padEnd(9)} ${coordinate}: ${message}`);
  const silent = unannounced(found, readFileSync(`${root}/CHANGELOG.md`, "utf8"));
  for (const { coordinate } of silent) {
    console.error(`CHANGELOG.md does not announce it: write an entry "- BREAKING: …" that names \`${coordinate}\` under Unreleased`);
  }
  process.exitCode = silent.length > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
