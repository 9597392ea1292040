// The query page in a real browser: every example answers, and nothing leaves the origin.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { examples } from "../../api/assets/examples.js";
import { launch } from "./browser.mjs";
import { origin } from "./hub.mjs";

const operation = ({ query }) => /^(query|subscription) (\w+)/m.exec(query).slice(1);

describe("the query page", () => {
  let browser;
  let page;
  const left = [];
  const complaints = [];

  before(async () => {
    browser = await launch();
    const context = await browser.newContext({ viewport: { width: 1500, height: 950 } });
    await context.route("**/*", (route) => {
      const url = new URL(route.request().url());
      if (url.origin === origin || ["data:", "blob:"].includes(url.protocol)) return route.continue();
      left.push(url.href);
      return route.abort();
    });
    context.on("requestfailed", (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on("websocket", (socket) => {
      if (new URL(socket.url()).host !== new URL(origin).host) left.push(socket.url());
    });
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(`${origin}/`);
    await page.getByRole("tab").first().waitFor();
  });

  after(() => browser?.close());

  const run = () => page.locator("button.graphiql-execute-button");
  const shown = () => page.locator(".result-window .CodeMirror").evaluate((editor) => editor.CodeMirror.getValue());

  /** Clears the answer, presses the button, and waits for what comes. */
  async function answer() {
    await page.locator(".result-window .CodeMirror").evaluate((editor) => editor.CodeMirror.setValue(""));
    await run().click();
    await page.waitForFunction(() => {
      const text = document.querySelector(".result-window .CodeMirror")?.CodeMirror.getValue() ?? "";
      try {
        return Boolean(JSON.parse(text));
      } catch {
        return false;
      }
    });
    return JSON.parse(await shown());
  }

  test("it has a tab for every example, named after its operation", async () => {
    const names = await page.getByRole("tab").allInnerTexts();
    assert.deepEqual(
      names.map((name) => name.trim()),
      examples.map((example) => operation(example)[1]),
    );
  });

  for (const [at, example] of examples.entries()) {
    const [kind, name] = operation(example);
    test(`the example ${name} shows data and no errors`, async (t) => {
      await page.getByRole("tab").nth(at).click();
      // The page knows the operation of a tab a moment after it shows its text.
      await page.waitForFunction((wanted) => {
        const { tabs = [], activeTabIndex } = JSON.parse(localStorage.getItem("graphiql:tabState") ?? "{}");
        return tabs[activeTabIndex]?.operationName === wanted;
      }, name);
      const { data, errors } = await answer();
      const [[field, value]] = Object.entries(data ?? { nothing: null });
      t.diagnostic(`${name}: ${field} ${JSON.stringify(value).slice(0, 160)}`);
      assert.equal(errors, undefined);
      assert.ok(Object.values(data ?? {}).every((part) => part !== null), JSON.stringify(data).slice(0, 500));
      if (kind === "subscription") await run().click(); // It goes on until it is stopped.
    });
  }

  test("it knows the schema: the documentation lists the roots, and a mistake is marked", async () => {
    await page.getByRole("button", { name: /documentation explorer/i }).click();
    await page.locator(".graphiql-doc-explorer").getByText("Query", { exact: true }).first().click();
    await page.locator(".graphiql-doc-explorer").getByText("checkCitations", { exact: true }).waitFor();
    await page
      .locator(".graphiql-query-editor .CodeMirror")
      .evaluate((editor) => editor.CodeMirror.setValue("{ nothingOfThatName }"));
    await page.locator(".CodeMirror-lint-mark-error").first().waitFor();
  });

  test("its guard is awake: a request to another origin is seen and stopped", async () => {
    const before = left.length;
    const foreign = "http://192.0.2.1/pixel.png";
    const bare = await page.context().newPage();
    await bare.goto(foreign).catch(() => {});
    await bare.close();
    assert.deepEqual(left.splice(before), [foreign]);
    complaints.splice(0, complaints.length, ...complaints.filter((line) => !line.includes(foreign)));
  });

  test("nothing left the origin, and the browser had nothing to complain about", () => {
    assert.deepEqual(left, []);
    assert.deepEqual(complaints, []);
  });
});
