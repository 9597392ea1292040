// The frontend kit: code is generated, compiles strictly, and its pages are answered by the hub and by the mocks.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { buildSchema, isScalarType, isSpecifiedScalarType, parse, validate } from "graphql";
import { httpEndpoint, origin, within } from "./hub.mjs";

const kit = fileURLToPath(new URL("../../examples/frontend/", import.meta.url));
const read = (path) => readFileSync(kit + path, "utf8");
const schemaText = readFileSync(new URL("../../schema.graphql", import.meta.url), "utf8");
const schema = buildSchema(schemaText);

/** Runs a program in the folder of the kit; gives its exit code and what it wrote. */
async function run(program, ...words) {
  const environment = { ...process.env, NQI_HUB_URL: origin, NODE_ENV: "production" };
  try {
    const { stdout, stderr } = await promisify(execFile)(program, words, { cwd: kit, env: environment, timeout: 60_000 });
    return { code: 0, stdout, stderr };
  } catch (error) {
    return { code: error.code ?? error.signal, stdout: error.stdout, stderr: error.stderr };
  }
}

const tool = (name, ...words) => run(`${kit}node_modules/.bin/${name}`, ...words);
const pages = (...options) => run(process.execPath, "build/main.js", ...options);

async function ask(query, variables) {
  const response = await within(
    fetch(httpEndpoint(), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query, variables }),
    }),
    "an answer",
  );
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}

describe("the frontend kit", () => {
  before(async () => {
    for (const [name, ...words] of [["graphql-codegen"], ["tsc"]]) {
      const { code, stdout, stderr } = await tool(name, ...words);
      assert.equal(code, 0, `${name}:\n${stdout}\n${stderr}`);
    }
  });

  test("scalars.json names the scalars of the schema and no others", () => {
    const own = Object.values(schema.getTypeMap()).filter((type) => isScalarType(type) && !isSpecifiedScalarType(type));
    assert.deepEqual(Object.keys(JSON.parse(read("scalars.json"))).sort(), own.map(({ name }) => name).sort());
  });

  /** Generates code by other settings than those of the kit, into its folder `build/gql/`. */
  async function generate(setting, other) {
    const config = read("codegen.ts").replace(setting, other).replace("./src/gql/", "./build/gql/");
    assert.ok(config.includes(other) && config.includes("./build/gql/"));
    const path = `${kit}build/codegen.ts`;
    await writeFile(path, config);
    return tool("graphql-codegen", "--config", path).finally(() => rm(path));
  }

  test("a scalar that has no type is refused", async () => {
    const { code, stdout, stderr } = await generate('JSON.parse(readFileSync("scalars.json", "utf8"))', '{ Date: "string" }');
    assert.notEqual(code, 0);
    assert.match(stdout + stderr, /Unknown scalar type DateTime/);
  });

  test("the address of the hub gives the same types as schema.graphql", async () => {
    const { code, stdout, stderr } = await generate('"../../schema.graphql"', JSON.stringify(httpEndpoint()));
    assert.equal(code, 0, stdout + stderr);
    assert.equal(read("build/gql/graphql.ts"), read("src/gql/graphql.ts"));
  });

  test("the manifest holds every document, valid, under its hash", () => {
    const manifest = Object.entries(JSON.parse(read("src/gql/persisted-documents.json")));
    assert.equal(manifest.length, 3);
    for (const [name, text] of manifest) {
      assert.equal(name, `sha256:${createHash("sha256").update(text).digest("hex")}`);
      assert.deepEqual(validate(schema, parse(text)), []);
    }
  });

  test("the pages show what the hub holds", async (t) => {
    const { code, stdout, stderr } = await pages();
    assert.equal(code, 0, stderr);
    t.diagnostic(stdout);
    const { enterprise } = await ask(
      "query ($creditCode: String!) { enterprise(creditCode: $creditCode) { name declarations { totalCount } } }",
      { creditCode: "91000000069338827M" },
    );
    for (const wanted of [
      enterprise.name,
      `read page by page: ${enterprise.declarations.totalCount}\n`,
      "== 企业页 enterprise\n",
      "== 标准页 standard\n",
      "== 产品页 product\n",
      "when it was made, 2024-06-30: 1\n",
    ]) {
      assert.ok(stdout.includes(wanted), `${wanted} is not in ${stdout}`);
    }
    assert.ok(!stdout.includes("not found"), stdout);
  });

  test("the pages are the same when documents go by their names in the manifest", async () => {
    const [byText, byName] = await Promise.all([pages(), pages("--trusted")]);
    assert.equal(byName.code, 0, byName.stderr);
    assert.equal(byName.stdout, byText.stdout);
  });

  test("a hub that is not there is told in one line", async () => {
    const { code, stderr } = await promisify(execFile)(process.execPath, ["build/main.js"], {
      cwd: kit,
      env: { ...process.env, NQI_HUB_URL: "http://127.0.0.1:9" },
      timeout: 30_000,
    }).catch((error) => error);
    assert.equal(code, 1);
    assert.match(stderr, /^no hub at http:\/\/127\.0\.0\.1:9\/graphql: start one with nqi-hub demo\n$/);
  });

  test("the mocks answer the same pages, and the same twice", async () => {
    const [first, second] = await Promise.all([pages("--mock"), pages("--mock")]);
    assert.equal(first.code, 0, first.stderr);
    assert.equal(first.stdout, second.stdout);
    assert.ok(!first.stdout.includes("not found") && first.stdout.includes("== 产品页 product"), first.stdout);
  });

  describe("the mocks", () => {
    let mocks;
    let codes;
    before(async () => {
      mocks = await import(`${kit}build/mocks.js`);
      codes = await import(`${kit}build/sample-codes.js`);
    });

    const mocked = async (seed, query, variables) => {
      const response = await mocks.mockFetch(schemaText, seed)("", { body: JSON.stringify({ query, variables }) });
      return { status: response.status, ...(await response.json()) };
    };
    const passes = {
      creditCode: (code) => code.length === 18 && code[17] === codes.creditCodeCheckCharacter(code.slice(0, 17)),
      organizationCode: (code) => code.length === 9 && code[8] === codes.organizationCheckCharacter(code.slice(0, 8)),
      gtin: (code) => code.at(-1) === codes.gtinCheckDigit(code.slice(0, -1)),
    };

    test("the check digits are those of published codes", () => {
      for (const code of ["91330100799655058B", "914403001922038216", "9144030071526726XG"]) assert.ok(passes.creditCode(code), code);
      for (const code of ["722473344", "799655058"]) assert.ok(passes.organizationCode(code), code);
      for (const code of ["6970872410006", "036000291452", "96385074"]) assert.ok(passes.gtin(code), code);
      assert.ok(!passes.creditCode("91330100799655058C") && !passes.organizationCode("722473345") && !passes.gtin("6976983800013"));
    });

    test("the check digits are those of the hub's own codes", async () => {
      const { enterprises } = await ask("{ enterprises(first: 100) { nodes { creditCode organizationCode flags } } }");
      const good = enterprises.nodes.filter(({ creditCode, flags }) => creditCode && !flags.includes("CREDIT_CODE_CHECK_FAILED"));
      assert.ok(good.length >= 50, `${good.length} enterprises with a good code`);
      for (const { creditCode, organizationCode } of good) {
        assert.ok(passes.creditCode(creditCode), creditCode);
        if (organizationCode) assert.ok(passes.organizationCode(organizationCode), organizationCode);
      }
      const { products } = await ask("{ products(first: 200) { nodes { gtin flags } } }");
      const marked = products.nodes.filter(({ gtin, flags }) => gtin && !flags.includes("BARCODE_CHECK_FAILED"));
      assert.ok(marked.length >= 20, `${marked.length} products with a good code`);
      for (const { gtin } of marked) assert.ok(passes.gtin(gtin), gtin);
    });

    test("their codes pass, and belong to nobody", async () => {
      const query = "{ enterprises { nodes { creditCode organizationCode } } products { nodes { gtin } } }";
      let seen = 0;
      for (let seed = 1; seed <= 50; seed += 1) {
        const { data } = await mocked(seed, query);
        for (const { creditCode, organizationCode } of data.enterprises.nodes) {
          if (organizationCode) assert.ok(passes.organizationCode(organizationCode), organizationCode);
          if (!creditCode) continue;
          seen += 1;
          assert.ok(passes.creditCode(creditCode) && creditCode.startsWith("91000000"), `seed ${seed}: ${creditCode}`);
        }
        for (const { gtin } of data.products.nodes) {
          if (gtin) assert.ok(passes.gtin(gtin) && /^952\d{10}$/.test(gtin), `seed ${seed}: ${gtin}`);
        }
      }
      assert.ok(seen >= 50, `${seen} codes`);
    });

    test("every root and every type of the schema can be asked for", async () => {
      // Each object two levels deep, with what its fields need.
      const named = (type) => (type.ofType ? named(type.ofType) : type);
      const wanted = { String: '"x"', ID: '"MTpTdGFuZGFyZDp4"', Int: "1", DateTime: '"2026-01-01T00:00:00Z"', Date: '"2026-01-01"' };
      const needs = ({ args }) => {
        const required = args.filter(({ type, defaultValue }) => String(type).endsWith("!") && defaultValue === undefined);
        const given = required.map(({ name, type }) => `${name}: ${String(type).startsWith("[") ? "[]" : wanted[named(type).name]}`);
        return given.length > 0 ? `(${given.join(", ")})` : "";
      };
      const selection = (type, depth) => {
        if (!type.getFields) return type.getTypes ? "{ __typename }" : "";
        const fields = Object.values(type.getFields()).filter((field) => depth > 0 || !(named(field.type).getFields ?? named(field.type).getTypes));
        return `{ __typename ${fields.map((field) => `${field.name}${needs(field)} ${selection(named(field.type), depth - 1)}`).join(" ")} }`;
      };
      for (const root of Object.values(schema.getQueryType().getFields())) {
        const query = `{ ${root.name}${needs(root)} ${selection(named(root.type), 3)} }`;
        assert.deepEqual(validate(schema, parse(query)), [], query);
        const { data, errors } = await mocked(1, query);
        assert.equal(errors, undefined, `${root.name}: ${JSON.stringify(errors)}`);
        assert.notEqual(data[root.name], null, root.name);
      }
    });

    test("an object has what it was asked by, and an invalid document is refused", async () => {
      const byCode = await mocked(1, '{ enterprise(creditCode: "91000000069338827M") { creditCode } }');
      assert.equal(byCode.data.enterprise.creditCode, "91000000069338827M");
      const { data } = await mocked(1, "{ products { nodes { id } } }");
      const { id } = data.products.nodes[0];
      const byId = await mocked(1, "query ($id: ID!) { node(id: $id) { __typename id } }", { id });
      assert.deepEqual({ ...byId.data.node }, { __typename: "Product", id });
      assert.equal((await mocked(1, "{ nothingOfThatName }")).status, 400);
    });

    test("another seed gives another answer", async () => {
      const query = "{ enterprises { nodes { creditCode } } }";
      assert.notDeepEqual(await mocked(1, query), await mocked(2, query));
    });
  });
});
