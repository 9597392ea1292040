// The packages that are installed: few, each with a reason, exact in version, permissive in licence, from no named place.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const permissive = ["0BSD", "Apache-2.0", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "(MIT OR Apache-2.0)"];
/** Licences of one package each, with what they are taken for. */
const single = {
  "node_modules/argparse": "Python-2.0", // the licence of Python, as permissive as BSD
  "node_modules/caniuse-lite": "CC-BY-4.0", // a table of browsers behind Babel, for building only
};

for (const folder of ["tests/web", "examples/frontend"]) {
  const read = (name) => readFileSync(new URL(`../../${folder}/${name}`, import.meta.url), "utf8");
  const manifest = JSON.parse(read("package.json"));
  const lock = read("package-lock.json");
  const installed = Object.entries(JSON.parse(lock).packages).filter(([path]) => path !== "");

  test(`${folder}: every package has a reason and an exact version`, () => {
    assert.equal(manifest.dependencies, undefined);
    assert.deepEqual(Object.keys(manifest.reasons), Object.keys(manifest.devDependencies));
    for (const [name, reason] of Object.entries(manifest.reasons)) assert.ok(reason.length > 10, `${name}: ${reason}`);
    for (const [name, version] of Object.entries(manifest.devDependencies)) assert.match(version, /^\d+\.\d+\.\d+$/, name);
  });

  test(`${folder}: the lock names each package by its hash and no place to get it from`, () => {
    assert.doesNotMatch(lock, /"resolved"/);
    assert.ok(installed.every(([, { integrity }]) => integrity?.startsWith("sha512-")));
  });

  test(`${folder}: licences are permissive`, () => {
    const others = installed.filter(([path, { license }]) => !permissive.includes(license) && single[path] !== license);
    assert.deepEqual(others.map(([path, { license }]) => `${path}: ${license}`), []);
  });
}
