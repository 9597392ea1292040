// Runs the web tests against a hub of their own: installs what they need, builds the hub, fills a demo in a temporary
// folder, serves it with the settings that the tests rely on, tests, and stops it. Every wait has an end.
//
//   node tests/web/run.mjs                  everything
//   node tests/web/run.mjs apollo urql      the files whose names begin so
//   node tests/web/run.mjs abuse            hostile and broken clients, against a hub of their own
//   node tests/web/run.mjs --reference      the clients and audits, against the reference implementations
//
// NQI_TEST_HUB names a binary to take in place of the one that cargo builds.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readdir } from "node:fs/promises";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "../..");
const kit = join(root, "examples/frontend");
/** Seconds that each part may take. Cargo has no bound: it may have everything to build. */
const limits = { install: 150, fill: 150, tests: 300, stop: 15 };
/** The folder of the tests that abuse a hub; they measure it, so nothing else may ask it meanwhile. */
const hostile = "abuse";
const children = new Set();
let folder; // of the hub under test

function start(program, words, options) {
  const child = spawn(program, words, { stdio: "inherit", ...options });
  children.add(child);
  child.on("exit", () => children.delete(child));
  return child;
}

/** Runs a program to its end; throws unless it ends well and in time. */
async function run(program, words, options, seconds) {
  const child = start(program, words, options);
  const timer = seconds && setTimeout(() => child.kill("SIGKILL"), seconds * 1000);
  const [code, signal] = await once(child, "exit").finally(() => clearTimeout(timer));
  if (code === 0) return;
  const late = signal === "SIGKILL" && seconds ? ` (it may take ${seconds} s)` : "";
  throw new Error(`${program} ${words[0]} ended with ${code ?? signal}${late}`);
}

const install = (folder) =>
  run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder }, limits.install);

/** The path of the binary, built if none is named. */
async function binary() {
  if (process.env.NQI_TEST_HUB) return process.env.NQI_TEST_HUB;
  await run("cargo", ["build", "--quiet", "--workspace", "--locked"], { cwd: root }); // As the other tests do: nothing is built twice.
  const asked = start("cargo", ["metadata", "--format-version", "1", "--no-deps", "--offline"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  for await (const part of asked.stdout) text += part;
  return join(JSON.parse(text).target_directory, "debug/nqi-hub");
}

async function freePort() {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

/** Starts a hub on a free port and waits until it answers; variables are settings beside those of the folder. */
async function serve(program, command, variables = {}) {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("NQI_"));
  const url = `http://127.0.0.1:${await freePort()}`;
  const hub = start(program, ["--data-dir", folder, command, "--listen", new URL(url).host], {
    env: { ...Object.fromEntries(inherited), ...variables },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const end = Date.now() + limits.fill * 1000;
  while (Date.now() < end) {
    if (hub.exitCode !== null || hub.signalCode) throw new Error(`the hub ended with ${hub.exitCode ?? hub.signalCode}`);
    const answer = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"query":"{ __typename }"}',
      signal: AbortSignal.timeout(2_000),
    }).catch(() => undefined);
    if (answer?.ok) return { hub, url };
    await new Promise((later) => setTimeout(later, 200));
  }
  throw new Error(`the hub did not answer within ${limits.fill} s`);
}

/** Writes the manifest of the kit into a folder of its own. */
async function manifests() {
  await run(join(kit, "node_modules/.bin/graphql-codegen"), ["--silent"], { cwd: kit }, limits.install);
  const documents = join(folder, "documents");
  await mkdir(documents);
  await copyFile(join(kit, "src/gql/persisted-documents.json"), join(documents, "frontend.json"));
  return documents;
}

/** Stops a hub; throws unless it ends by itself when asked to. */
async function stop(hub) {
  if (hub.exitCode !== null || hub.signalCode) throw new Error(`the hub ended on its own with ${hub.exitCode ?? hub.signalCode}`);
  const ended = once(hub, "exit");
  hub.kill("SIGTERM");
  const timer = setTimeout(() => hub.kill("SIGKILL"), limits.stop * 1000);
  const [, signal] = await ended.finally(() => clearTimeout(timer));
  if (signal === "SIGKILL") throw new Error(`the hub did not stop within ${limits.stop} s`);
}

/** The files of tests whose names begin with one of the words, or all. */
async function files(words) {
  const names = async (folder) => (await readdir(join(here, folder))).map((name) => join(folder, name));
  const all = [...(await names(".")), ...(await names(hostile))].filter((name) => name.endsWith(".test.mjs")).sort();
  const chosen = all.filter((name) => words.length === 0 || words.some((word) => name.startsWith(word)));
  if (chosen.length === 0) throw new Error(`no file begins with ${words.join(" or ")}: there are ${all.join(", ")}`);
  return chosen;
}

/** Runs files of tests, so many at a time. */
async function test(url, chosen, variables = {}, atOnce = 2) {
  const options = ["--test", "--test-reporter=spec", "--test-timeout=120000", `--test-concurrency=${atOnce}`];
  const environment = { ...process.env, NQI_HUB_URL: url, ...variables };
  const paths = chosen.map((name) => join(here, name));
  await run(process.execPath, [...options, ...paths], { cwd: root, env: environment }, limits.tests);
}

async function againstReference() {
  await install(here);
  const { reference } = await import("./reference.mjs");
  const server = await reference();
  try {
    await test(server.url, await files(["apollo", "audits", "graphql-", "urql"]));
  } finally {
    server.close();
  }
}

async function againstHub(words) {
  const chosen = await files(words);
  const abusive = chosen.filter((name) => name.startsWith(hostile));
  const others = chosen.filter((name) => !abusive.includes(name));
  folder = await mkdtemp(join(tmpdir(), "nqi-hub-web-"));
  try {
    const program = await binary();
    // The hub fills itself while the packages come, and begins anew with the manifest that they write.
    const documents = install(here).then(() => install(kit)).then(manifests);
    documents.catch(() => {}); // It is told of below, when the hub is filled.
    await stop((await serve(program, "demo")).hub);
    const portal = `http://127.0.0.1:${await freePort()}`; // where a test puts a page of its own
    const settings = {
      NQI_ALLOWED_ORIGINS: portal,
      NQI_DOCUMENTS: "prefer",
      NQI_DOCUMENTS_DIR: await documents,
      NQI_RATE_LIMIT: "off", // All clients come from one address.
    };
    for (const [names, atOnce] of [[others, 2], [abusive, 1]]) {
      if (names.length === 0) continue;
      const { hub, url } = await serve(program, "serve", settings);
      await test(url, names, { NQI_TEST_PORTAL: portal, NQI_TEST_PID: String(hub.pid) }, atOnce);
      await stop(hub);
    }
  } finally {
    cleanUp();
  }
}

function cleanUp() {
  for (const child of children) child.kill("SIGKILL");
  if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    cleanUp();
    process.exit(1);
  });
}

try {
  const words = process.argv.slice(2);
  await (words[0] === "--reference" ? againstReference() : againstHub(words));
} catch (error) {
  console.error(`tests/web: ${error.message}`);
  process.exitCode = 1;
}
process.exit();
