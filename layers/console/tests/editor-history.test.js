import assert from "node:assert/strict"
import { test } from "node:test"
import {
  afterMaking,
  afterRedoing,
  afterRemoving,
  afterUndoing,
  NOTHING_DONE,
  redoing,
  undoing,
  withoutLastDone,
} from "../page/editor/acting/history.js"

const body = { begin: 6, end: 18, timeline: "source" }
const cut = /** @type {const} */ ({ kind: "cuts", body, id: "first" })
const marker = /** @type {const} */ ({ kind: "markers", body: { at: 3 }, id: "m" })

test("where nothing was done, nothing is undone", () => {
  assert.equal(undoing(NOTHING_DONE), undefined)
  assert.equal(redoing(NOTHING_DONE), undefined)
})

test("a cut is undone by its id, and cut again in the same range", () => {
  const made = afterMaking(NOTHING_DONE, cut)
  assert.deepEqual(undoing(made), { method: "DELETE", kind: "cuts", id: "first" })
  const undone = afterUndoing(made)
  assert.equal(undoing(undone), undefined)
  assert.deepEqual(redoing(undone), { method: "POST", kind: "cuts", body })
})

test("what was made again is undone under its new name", () => {
  const again = afterRedoing(afterUndoing(afterMaking(NOTHING_DONE, cut)), "second")
  assert.deepEqual(undoing(again), { method: "DELETE", kind: "cuts", id: "second" })
})

test("what was taken back is made again, and removed again under its new name", () => {
  const removed = afterRemoving(NOTHING_DONE, cut)
  assert.deepEqual(undoing(removed), { method: "POST", kind: "cuts", body })
  assert.deepEqual(redoing(afterUndoing(removed, "second")), { method: "DELETE", kind: "cuts", id: "second" })
})

test("a name that changed changes in all steps of the same thing", () => {
  const back = afterUndoing(afterRemoving(afterMaking(NOTHING_DONE, cut), cut), "second")
  assert.deepEqual(undoing(back), { method: "DELETE", kind: "cuts", id: "second" })
})

test("steps are undone from the last to the first, and redone the other way", () => {
  const both = afterMaking(afterMaking(NOTHING_DONE, cut), marker)
  const none = afterUndoing(afterUndoing(both))
  assert.equal(undoing(both)?.kind, "markers")
  assert.equal(redoing(none)?.kind, "cuts")
  assert.equal(redoing(afterRedoing(none, "third"))?.kind, "markers")
})

test("who does something else after an undo has nothing to redo", () => {
  assert.equal(redoing(afterMaking(afterUndoing(afterMaking(NOTHING_DONE, cut)), marker)), undefined)
})

test("a step that can never be undone is not in the way of the one before", () => {
  const both = afterMaking(afterMaking(NOTHING_DONE, cut), marker)
  assert.equal(undoing(withoutLastDone(both))?.kind, "cuts")
})
