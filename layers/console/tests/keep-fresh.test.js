import assert from "node:assert/strict"
import { test } from "node:test"
import { setImmediate as allIsDone } from "node:timers/promises"
import { keepFresh, pauseMs } from "../page/shell/keep-fresh.js"

test("a server that fails is asked more and more rarely, but at least each quarter of a minute", () => {
  assert.deepEqual(
    [0, 1, 2, 3, 4, 50].map((failures) => pauseMs(5_000, failures)),
    [5_000, 10_000, 15_000, 15_000, 15_000, 15_000],
  )
})

test("what is asked for rarely is not asked for more often because it fails", () => {
  assert.equal(pauseMs(300_000, 3), 300_000)
})

test("where one gets an answer again, the others that wait for theirs are asked for at once", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] })
  Object.assign(globalThis, { document: Object.assign(new EventTarget(), { hidden: false }) })
  const asked = { often: 0, rarely: 0 }
  let isThere = false
  const load = (/** @type {keyof typeof asked} */ name) => async () => {
    asked[name] += 1
    if (!isThere) throw new Error("no answer")
  }
  const ends = [keepFresh(load("often"), 1_000), keepFresh(load("rarely"), 30_000)]
  await allIsDone()
  isThere = true
  t.mock.timers.tick(2_000)
  await allIsDone()
  for (const end of ends) end()
  assert.deepEqual(asked, { often: 2, rarely: 2 })
})
