// The verdicts of graphql-js, the reference implementation, on the documents and variables of tests/golden/documents.
//
//   node tests/web/oracle.mjs --record      writes them into the files
//
// A verdict stands at the end of a line: nothing where graphql-js accepts, `| refused` where it does not, and
// `| refused here: reason` where it accepts and the hub has a reason to refuse. Reasons are written by hand.

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildSchema, getVariableValues, parse, validate } from "graphql";

const folder = new URL("../golden/documents/", import.meta.url);
const schemaOf = (path) => buildSchema(readFileSync(new URL(path, folder), "utf8"));

/** The schema of the hub, and one with all that the hub's does not have. */
export const schemas = { hub: schemaOf("../../../schema.graphql"), probe: schemaOf("probe.graphql") };

/** What graphql-js has against a document, and against the variables of its first operation: a message, or nothing. */
export function objection(schema, text, variables) {
  try {
    const document = parse(text);
    const [fault] = validate(schema, document); // It throws, too: where a root field of a subscription may be skipped.
    if (fault || !variables) return fault?.message;
    const operation = document.definitions.find(({ kind }) => kind === "OperationDefinition");
    return getVariableValues(schema, operation.variableDefinitions ?? [], variables).errors?.[0].message;
  } catch (fault) {
    return fault.message;
  }
}

/** What stands in a line, whether graphql-js refuses it, and why the hub does though graphql-js does not. */
function verdict(line) {
  const [about, mark] = line.split(" | ");
  return { about, refused: mark === "refused", reason: mark?.split("refused here: ")[1] };
}

/** A line with the verdict that graphql-js gives now. */
function judged(line, schema, text, variables) {
  const { about, reason } = verdict(line);
  if (objection(schema, text, variables) !== undefined) return `${about} | refused`;
  return reason ? `${about} | refused here: ${reason}` : about;
}

/** The head of a file, and its parts: each line `== …` with what stands below it. */
function read(file) {
  const [head, ...parts] = readFileSync(new URL(file, folder), "utf8").trimEnd().split("\n== ");
  return { head, parts: parts.map((part) => [part.slice(0, part.indexOf("\n")), part.slice(part.indexOf("\n") + 1)]) };
}

/** The documents of a file with their verdicts; `about` is their name. */
export const documents = (file) => read(file).parts.map(([line, text]) => ({ ...verdict(line), text }));

/** The variables of a file with their documents and verdicts; `about` is their JSON. */
export const variables = (file) =>
  read(file).parts.flatMap(([text, lines]) => lines.split("\n").map((line) => ({ ...verdict(line), text })));

/** Writes a file anew, each of its parts changed. */
function rewrite(file, change) {
  const { head, parts } = read(file);
  const written = parts.map((part) => change(...part).join("\n"));
  writeFileSync(new URL(file, folder), `${[head, ...written].join("\n== ")}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv[2] === "--record") {
  for (const [name, schema] of Object.entries(schemas)) {
    rewrite(`${name}.txt`, (line, text) => [judged(line, schema, text), text]);
  }
  rewrite("variables.txt", (text, lines) => [
    text,
    ...lines.split("\n").map((line) => judged(line, schemas.probe, text, JSON.parse(verdict(line).about))),
  ]);
}
