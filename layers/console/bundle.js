/**
 * The page for AWS, where each file asks for a function of its own: a browser that asks for a hundred modules at once
 * would start a hundred. So each document gets one module and one style sheet; what it shows stays the same.
 *
 * node bundle.js <folder>
 */

import { cp, mkdir, readFile, writeFile } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { build } from "esbuild"

const PAGE = join(import.meta.dirname, "page")
const DOCUMENTS = ["index.html", "watch/watch.html"]
const AS_THEY_ARE = [
  "shell/icon.svg",
  "packages/hls.js/hls.min.js",
  "packages/hls.js/LICENSE.txt",
  "packages/lit-html/LICENSE.txt",
]
/** Beside the icon, and as deep as all modules are, so that what they find by their own address stays where it is. */
const BUNDLED = "shell"
const HLS = "../packages/hls.js/hls.min.js"
const SHEET = /^ *<link rel="stylesheet" href="console\/([^"]+)">\n/gm
const MODULE = /(?<=<script type="module" src="console\/)[^"]+(?=">)/

/** @param {string} document  its path in the page @param {string} into */
async function bundle(document, into) {
  const html = await readFile(join(PAGE, document), "utf8")
  const name = basename(document, ".html")
  const sheets = [...html.matchAll(SHEET)].map(([, path]) => `@import "./${path}";`)
  const [module] = html.match(MODULE) ?? []
  await built(
    { stdin: { contents: sheets.join("\n"), loader: "css", resolveDir: PAGE } },
    join(into, BUNDLED, `${name}.css`),
  )
  await built({ entryPoints: [join(PAGE, module ?? "")], external: [HLS] }, join(into, BUNDLED, `${name}.js`))
  const style = `  <link rel="stylesheet" href="console/${BUNDLED}/${name}.css">\n`
  const text = html
    .replace(SHEET, "")
    .replace(MODULE, `${BUNDLED}/${name}.js`)
    .replace(/^ *<script/m, `${style}$&`)
  await mkdir(join(into, dirname(document)), { recursive: true })
  await writeFile(join(into, document), text)
}

/** @param {import("esbuild").BuildOptions} what @param {string} outfile */
const built = (what, outfile) =>
  build({
    ...what,
    outfile,
    bundle: true,
    format: "esm",
    minify: true,
    target: "es2023",
    legalComments: "eof",
    logLevel: "warning",
  })

const [into = ""] = process.argv.slice(2)
for (const document of DOCUMENTS) await bundle(document, into)
for (const path of AS_THEY_ARE) await cp(join(PAGE, path), join(into, path))
