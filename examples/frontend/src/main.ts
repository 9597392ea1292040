// Prints three pages of a hub, or of the mocks.
//
//   NQI_HUB_URL=http://127.0.0.1:8080 npm start
//   npm start -- --mock
//   npm start -- --trusted      names documents by their hash; the hub has to know src/gql/persisted-documents.json

import { readFileSync } from "node:fs";
import { declarations, enterprise, enterprisePage } from "./enterprise-page.js";
import { Refused, hub } from "./hub.js";
import { mockFetch } from "./mocks.js";
import { product, productPage } from "./product-page.js";
import { civilDate } from "./scalars.js";
import { standard, standardPage } from "./standard-page.js";

/** An enterprise of the generated county that `nqi-hub demo` holds. */
const creditCode = "91000000069338827M";
const madeOn = civilDate("2024-06-30");

const has = (option: string) => process.argv.includes(option);
const url = new URL("/graphql", process.env["NQI_HUB_URL"] ?? "http://127.0.0.1:8080").href;
const schema = () => readFileSync(new URL("../../../schema.graphql", import.meta.url), "utf8");
const ask = hub({ url, trusted: has("--trusted"), ...(has("--mock") ? { fetch: mockFetch(schema()) } : {}) });

function show(title: string, lines: string[] | null): void {
  console.log(`\n== ${title}\n${lines ? lines.join("\n") : "未收录或不可见 not found, or not to be seen"}`);
}

try {
  const company = await enterprise(ask, creditCode);
  show("企业页 enterprise", company && enterprisePage(company));

  let count = 0;
  for await (const _ of declarations(ask, creditCode)) count += 1;
  console.log(`  逐页读取 read page by page: ${count}`);

  const declared = company?.declarations.nodes[0]?.standardNumber;
  const norm = declared ? await standard(ask, declared, madeOn) : null;
  show("标准页 standard", norm && standardPage(norm));

  const made = company?.products.nodes[0]?.id;
  const good = made ? await product(ask, made, madeOn) : null;
  show("产品页 product", good && productPage(good, madeOn));
} catch (error) {
  if (error instanceof Refused) console.error(`${error.status} ${error.message}`);
  else if (error instanceof TypeError && error.message === "fetch failed") console.error(`no hub at ${url}: start one with nqi-hub demo`);
  else throw error;
  process.exitCode = 1;
}
