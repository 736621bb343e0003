import assert from "node:assert/strict"
import { test } from "node:test"
import { hashOf, placeAt } from "../page/shell/places.js"

test("no address is the first place", () => {
  for (const hash of ["", "#", "#/", "#/nowhere", "#/nowhere/at/all?x=1"])
    assert.equal(placeAt(hash).name, "streamers")
})

test("an address leads back to the place that it was made of", () => {
  const id = "chzzk:7488d18068bfc0b818b9fb2be9de4603:21334001"
  assert.deepEqual(placeAt(hashOf("editor", id)), { name: "editor", of: id, asked: {} })
  const folder = "chzzk/데모 방송?#%.9cfd639f/2026/11"
  assert.deepEqual(placeAt(hashOf("recordings", folder, { status: "idle" })), {
    name: "recordings",
    of: folder,
    asked: { status: "idle" },
  })
})

test("what is empty is not in an address", () => {
  assert.equal(hashOf("recordings", "", { status: "", q: undefined }), "#/recordings")
})

test("a stray percent sign is a letter", () => {
  assert.equal(placeAt("#/recordings/100%").of, "100%")
})
