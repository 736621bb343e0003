import assert from "node:assert/strict"
import { test } from "node:test"
import { Refusal } from "../page/api/api.js"
import { Edits } from "../page/editor/acting/edits.js"

/** @typedef {import("../page/shell/app.js").App} App */

/** Answers each call with what is next in the row, and notes what was asked. @param {(object | Error)[]} answers */
function edits(answers) {
  /** @type {string[]} */
  const asked = []
  const answer = async (/** @type {string} */ call) => {
    asked.push(call)
    const next = answers.shift()
    if (next instanceof Error) throw next
    return next
  }
  const attempt = async (/** @type {() => Promise<unknown>} */ work) => {
    try {
      return await work()
    } catch (error) {
      asked.push(`told: ${/** @type {Refusal} */ (error).code}`)
      return undefined
    }
  }
  const api = {
    post: (/** @type {string} */ path) => answer(`POST ${path}`),
    delete: (/** @type {string} */ path) => answer(`DELETE ${path}`),
  }
  const made = new Edits(/** @type {App} */ (/** @type {unknown} */ ({ api, attempt })), "r:1", async () => {
    asked.push("read")
  })
  return { made, asked }
}

const range = { begin: 6, end: 18 }

test("edits wait for each other, and the recording is read after each", async () => {
  const { made, asked } = edits([{ cut_id: "a" }, { marker_id: "m" }])
  await Promise.all([made.make("cuts", range), made.make("markers", { at: 3, label: "x" })])
  assert.deepEqual(asked, ["POST /recordings/r%3A1/cuts", "read", "POST /recordings/r%3A1/markers", "read"])
})

test("an undo that is asked for while a cut is on its way undoes that cut", async () => {
  const { made, asked } = edits([{ cut_id: "a" }, {}])
  await Promise.all([made.make("cuts", range), made.undo()])
  assert.equal(asked[2], "DELETE /recordings/r%3A1/cuts/a")
  assert.ok(made.canRedo && !made.canUndo)
})

test("what another window has taken back already counts as taken back", async () => {
  const { made, asked } = edits([{ cut_id: "a" }, new Refusal("not_found", "there is no cut a")])
  await made.make("cuts", range)
  assert.equal((await made.undo())?.method, "DELETE")
  assert.ok(made.canRedo && !asked.includes("told: not_found"))
})

test("what the server refuses for good is told, and not tried again", async () => {
  const { made, asked } = edits([{ cut_id: "a" }, new Refusal("wrong_state", "its segments were deleted")])
  await made.make("cuts", range)
  await made.undo()
  assert.ok(asked.includes("told: wrong_state") && !made.canUndo && !made.canRedo)
})

test("what a lost connection kept from being undone can still be undone", async () => {
  const { made } = edits([{ cut_id: "a" }, new Refusal("unreachable", "no answer"), {}])
  await made.make("cuts", range)
  await made.undo()
  assert.ok(made.canUndo)
  await made.undo()
  assert.ok(!made.canUndo && made.canRedo)
})

test("a refused cut is no step, and the next edit is made all the same", async () => {
  const { made } = edits([new Refusal("unprocessable", "no segment starts there"), { cut_id: "b" }])
  assert.equal(await made.make("cuts", range), undefined)
  assert.ok(!made.canUndo)
  await made.make("cuts", range)
  assert.ok(made.canUndo)
})
