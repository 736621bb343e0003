import assert from "node:assert/strict"
import { test } from "node:test"
import { playedBefore, skipFrom, spanAt, spansOf } from "../page/editor/playing/cut-spans.js"
import { takenBy } from "../page/editor/timeline/taken.js"

const spans = spansOf([
  { source: { begin: 30, end: 40 } },
  { source: { begin: 10, end: 20 } },
  { source: { begin: 15, end: 25 } },
  {},
])

test("cuts that overlap are one stretch", () => {
  assert.deepEqual(spans, [
    { begin: 10, end: 25 },
    { begin: 30, end: 40 },
  ])
})

test("what lists cuts is left as it is", () => {
  const cuts = [{ source: { begin: 0, end: 6 } }, { source: { begin: 6, end: 12 } }]
  assert.deepEqual(spansOf(cuts), [{ begin: 0, end: 12 }])
  assert.deepEqual(cuts[0], { source: { begin: 0, end: 6 } })
})

test("playing goes on behind a cut that it runs into", () => {
  assert.equal(skipFrom(spans, 10.02, undefined), 25)
  assert.equal(skipFrom(spans, 9.9, undefined), undefined)
  assert.equal(skipFrom(spans, 25, undefined), undefined)
})

test("who sought into a cut watches it, and the next one is left out", () => {
  const watched = spanAt(spans, 12)
  assert.equal(skipFrom(spans, 20, watched), undefined)
  assert.equal(skipFrom(spans, 30, watched), 40)
})

test("a stretch that has grown meanwhile is still watched", () => {
  assert.equal(skipFrom([{ begin: 5, end: 28 }], 26, { begin: 10, end: 25 }), undefined)
})

test("a cut takes the segments that start in the range, whole", () => {
  const starts = [0, 2, 8, 14]
  assert.deepEqual(takenBy(starts, { begin: 1, end: 9 }, 20), { begin: 2, end: 14 })
  assert.deepEqual(takenBy(starts, { begin: 2, end: 8 }, 20), { begin: 2, end: 8 })
  assert.deepEqual(takenBy(starts, { begin: 10, end: 20 }, 20), { begin: 14, end: 20 })
  assert.equal(takenBy(starts, { begin: 9, end: 13 }, 20), undefined)
})

test("how much is played leaves out what is cut", () => {
  assert.equal(playedBefore(spans, 50), 25)
  assert.equal(playedBefore(spans, 12), 10)
  assert.equal(playedBefore([], 50), 50)
})
