// What tools learn by introspection is the schema that is checked in.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { buildClientSchema, getIntrospectionQuery, printSchema } from "graphql";
import { httpEndpoint, within } from "./hub.mjs";
import { changes } from "./schema-changes.mjs";

const everything = {
  descriptions: true,
  directiveIsRepeatable: true,
  inputValueDeprecation: true,
  oneOf: true,
  schemaDescription: true,
  specifiedByUrl: true,
};

for (const [what, options] of [
  ["with everything that can be asked for", everything],
  ["as old tools ask", {}],
]) {
  test(`introspection ${what} gives the schema that is checked in`, async () => {
    const response = await within(
      fetch(httpEndpoint(), {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: getIntrospectionQuery(options), operationName: "IntrospectionQuery" }),
      }),
      "an answer",
    );
    const { data, errors } = await response.json();
    assert.equal(errors, undefined, JSON.stringify(errors));
    const checkedIn = readFileSync(new URL("../../schema.graphql", import.meta.url), "utf8");
    const found = await changes(checkedIn, printSchema(buildClientSchema(data)));
    // Introspection tells no directives of fields, and old tools do not ask where a scalar is specified.
    const untold = [/^Directive 'guarded' was removed from field/, ...(options.specifiedByUrl ? [] : [/specifiedBy/])];
    const lost = found.filter(({ message }) => !untold.some((word) => word.test(message)));
    assert.deepEqual(lost, []);
  });
}
