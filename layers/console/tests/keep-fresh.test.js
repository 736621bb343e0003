import assert from "node:assert/strict"
import { test } from "node:test"
import { pauseMs } from "../page/shell/keep-fresh.js"

test("a server that fails is asked more and more rarely, but at least once a minute", () => {
  assert.deepEqual(
    [0, 1, 2, 3, 4, 50].map((failures) => pauseMs(5_000, failures)),
    [5_000, 10_000, 20_000, 40_000, 60_000, 60_000],
  )
})

test("what is asked for rarely is not asked for more often because it fails", () => {
  assert.equal(pauseMs(300_000, 3), 300_000)
})
