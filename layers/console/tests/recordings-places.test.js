import "./a-browser.js"
import assert from "node:assert/strict"
import { test } from "node:test"
import { above, distinction, folderName, inOrder, pathsTo } from "../page/recordings/folder-names.js"
import { hashFor, inFolder, newest, wantedAt } from "../page/recordings/wanted.js"
import { placeAt } from "../page/shell/places.js"

const DAY = "chzzk/데모.9cfd639f/2026/11/22"

test("what is wanted stands in the address, and is found there again", () => {
  const all = [
    newest(),
    newest({ choice: "idle" }),
    newest({ choice: "terminated", channel: "chzzk:1", letters: "롤 & 결승" }),
    inFolder(""),
    inFolder(DAY),
  ]
  for (const wanted of all) assert.deepEqual(wantedAt(placeAt(hashFor(wanted))), wanted)
})

test("an address with a state that nobody knows shows all", () => {
  assert.deepEqual(wantedAt(placeAt("#/recordings?status=lost")), newest())
  assert.deepEqual(wantedAt(placeAt("#/recordings?status=IDLE")), newest({ choice: "idle" }))
})

test("folders are called as people call them", () => {
  assert.deepEqual(pathsTo(DAY).map(folderName), ["chzzk", "데모", "2026", "November", "22 Sunday"])
  assert.deepEqual(pathsTo(""), [])
  assert.equal(above(DAY), "chzzk/데모.9cfd639f/2026/11")
  assert.equal(above("chzzk"), "")
  assert.equal(above(""), undefined)
})

test("a folder that somebody typed is called as it was typed", () => {
  assert.equal(folderName("a/b/c/d"), "d")
})

test("times are shown the newest first, channels by name", () => {
  const years = ["2025", "2026"].map((name) => ({ name, path: `chzzk/데모.9cfd639f/${name}` }))
  const channels = ["가.00000000", "나.11111111"].map((name) => ({ name, path: `chzzk/${name}` }))
  assert.deepEqual(inOrder("chzzk/데모.9cfd639f", years), years.toReversed())
  assert.deepEqual(inOrder("chzzk", channels), channels)
})

test("channels of one name are told apart", () => {
  const [one, other, third] = ["가.00000000", "가.11111111", "나.22222222"].map((name) => ({
    name,
    path: `chzzk/${name}`,
  }))
  assert.ok(one && other && third)
  assert.equal(distinction(one, [one, other, third]), "00000000")
  assert.equal(distinction(third, [one, other, third]), "")
})
