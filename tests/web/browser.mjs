// The Chromium of the system, without a window.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

/** The browser of the system: this package brings none of its own. */
function browserOfTheSystem() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
  const folders = (process.env.PATH ?? "").split(delimiter);
  const paths = [process.env.CHROMIUM, ...names.flatMap((name) => folders.map((folder) => join(folder, name)))];
  for (const path of paths.filter(Boolean)) {
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // The next one may be there.
    }
  }
  throw new Error("no Chromium in PATH: install the package chromium, or name its program in CHROMIUM");
}

/** Starts the browser; whoever starts it closes it. */
export function launch() {
  const asRoot = process.getuid?.() === 0; // Chromium has no sandbox for root.
  return chromium.launch({
    executablePath: browserOfTheSystem(),
    args: asRoot ? ["--no-sandbox"] : [],
    timeout: 30_000,
  });
}
