// Builds the one style sheet and the one script of Waymark into app/static/build:
//
//   app-<hash>.css   app-<hash>.js   a .gz of each   manifest.json
//
// Usage: node app/static/src/build.mjs [--watch]      (from any directory)
//
// Names carry a hash of the content, so the server may tell browsers to keep them for a year.
import { createHash } from "node:crypto";
import { mkdir, readdir, rename, rm, watch, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const source = dirname(fileURLToPath(import.meta.url));
const root = resolve(source, "../../..");
const output = resolve(source, "../build");
const budget = 45 * 1024; // styles and script together, gzipped: see docs/architecture.md

/** The style sheet: Sass, then esbuild's minifier. */
async function styles() {
  const { css } = await sass.compileAsync(join(source, "styles/app.scss"), {
    loadPaths: [join(root, "node_modules")],
    quietDeps: true,
  });
  const { code } = await esbuild.transform(css, {
    loader: "css",
    minify: true,
    target: ["chrome109", "firefox115", "safari15.6"],
  });
  return code;
}

/** The script: one ES module, htmx included. */
async function script() {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(source, "scripts/app.js")],
    nodePaths: [join(root, "node_modules")],
    bundle: true,
    write: false,
    format: "esm",
    minify: true,
    legalComments: "none",
    // The size of ES modules: anything older gets the pages without JavaScript, which all work.
    target: ["es2022"],
  });
  return outputFiles[0].text;
}

async function build() {
  const started = performance.now();
  const [css, js] = await Promise.all([styles(), script()]);
  await mkdir(output, { recursive: true });

  const manifest = {};
  const kept = new Set(["manifest.json"]);
  let total = 0;
  for (const [name, text] of [["app.css", css], ["app.js", js]]) {
    const hash = createHash("sha256").update(text).digest("hex").slice(0, 10);
    const [stem, extension] = name.split(".");
    const hashed = `${stem}-${hash}.${extension}`;
    const packed = gzipSync(text, { level: 9 });
    await writeFile(join(output, hashed), text);
    await writeFile(join(output, `${hashed}.gz`), packed);
    manifest[name] = hashed;
    kept.add(hashed).add(`${hashed}.gz`);
    total += packed.length;
    console.log(`${hashed}  ${kilobytes(text.length)}, gzipped ${kilobytes(packed.length)}`);
  }

  // The manifest is put in place last and whole, so a running server never reads half of one.
  await writeFile(join(output, "manifest.json.new"), JSON.stringify(manifest));
  await rename(join(output, "manifest.json.new"), join(output, "manifest.json"));
  for (const file of await readdir(output)) {
    if (!kept.has(file)) await rm(join(output, file));
  }

  console.log(`together ${kilobytes(total)} gzipped, in ${Math.round(performance.now() - started)} ms`);
  if (total > budget) throw new Error(`The bundle is over its budget of ${kilobytes(budget)}.`);
}

const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;

await build();

if (process.argv.includes("--watch")) {
  console.log("Watching. Stop with Ctrl+C.");
  let pending;
  for await (const _change of watch(source, { recursive: true })) {
    clearTimeout(pending);
    pending = setTimeout(() => build().catch((error) => console.error(error.message)), 100);
  }
}
