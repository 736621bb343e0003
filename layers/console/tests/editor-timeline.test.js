import assert from "node:assert/strict"
import { test } from "node:test"
import { chaptersOf } from "../page/editor/timeline/chapters.js"
import { crowdsOf } from "../page/editor/timeline/crowds.js"
import { beginAt, between, endAt, moved, rangeOf } from "../page/editor/timeline/selection.js"
import {
  grown,
  lineOf,
  panned,
  percentAt,
  secondsAt,
  ticksOf,
  turnedTo,
  zoomed,
} from "../page/editor/timeline/shown.js"
import { spread } from "../page/editor/timeline/spread.js"

const HOUR_S = 3600
const DAY_S = 86_400

test("what is over is as long as it is; what grows has room, and stands still for a while", () => {
  assert.equal(lineOf(1000, false), 1000)
  const lines = [1000, 1005, 1010, 1015].map((duration) => lineOf(duration, true))
  assert.ok(lines.every((line) => line === lines[0] && line > 1015))
})

test("what one points at stays in place when one looks closer", () => {
  const closer = zoomed({ begin: 0, end: DAY_S }, 0.5, 60_000, DAY_S)
  assert.equal(closer.end - closer.begin, DAY_S / 2)
  assert.ok(Math.abs(percentAt(closer, 60_000) - percentAt({ begin: 0, end: DAY_S }, 60_000)) < 1e-9)
})

test("nothing beyond the line is shown, however one zooms and pans", () => {
  assert.deepEqual(zoomed({ begin: 0, end: 100 }, 8, 50, 100), { begin: 0, end: 100 })
  assert.deepEqual(panned({ begin: 80, end: 100 }, 60, 100), { begin: 80, end: 100 })
  assert.deepEqual(panned({ begin: 10, end: 30 }, -60, 100), { begin: 0, end: 20 })
})

test("a place is found again where it is drawn", () => {
  const shown = { begin: 1800, end: 5400 }
  assert.equal(secondsAt(shown, percentAt(shown, HOUR_S) / 100), HOUR_S)
})

test("the page is turned when what is played leaves it, and not before", () => {
  const shown = { begin: 100, end: 200 }
  assert.equal(turnedTo(shown, 199, DAY_S), shown)
  const next = turnedTo(shown, 201, DAY_S)
  assert.ok(next.begin < 201 && 201 < next.end && next.end - next.begin === 100)
})

test("what was seen whole is seen whole when it has grown; a closer look is kept", () => {
  assert.deepEqual(grown({ begin: 0, end: 60 }, 60, 120), { begin: 0, end: 120 })
  assert.deepEqual(grown({ begin: 20, end: 40 }, 60, 120), { begin: 20, end: 40 })
})

test("the ruler has round times, and no more than there is room for", () => {
  assert.deepEqual(ticksOf({ begin: 0, end: 100 }, 5), [0, 30, 60, 90])
  assert.deepEqual(ticksOf({ begin: 7, end: 19 }, 12), [7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19])
  const day = ticksOf({ begin: 0, end: DAY_S }, 10)
  assert.ok(day.length <= 11 && day[1] === 3 * HOUR_S)
})

test("a selection is whole once it has both ends, in order", () => {
  assert.equal(rangeOf(beginAt({}, 5)), undefined)
  assert.deepEqual(rangeOf(endAt(beginAt({}, 5), 9)), { begin: 5, end: 9 })
  assert.equal(rangeOf(beginAt({ begin: 5, end: 9 }, 12)), undefined)
  assert.equal(rangeOf(endAt({ begin: 5, end: 9 }, 3)), undefined)
  assert.deepEqual(between(9, 5), { begin: 5, end: 9 })
})

test("an end of the selection is moved as far as the other one, and not off the recording", () => {
  const selection = { begin: 5, end: 9 }
  assert.deepEqual(moved(selection, "begin", 20, 60), { begin: 9, end: 9 })
  assert.deepEqual(moved(selection, "begin", -1, 60), { begin: 0, end: 9 })
  assert.deepEqual(moved(selection, "end", 99, 60), { begin: 5, end: 60 })
})

test("what would lie upon each other is drawn side by side, and all of it within the line", () => {
  assert.deepEqual(spread([10, 40, 41, 42], 2), [10, 40, 42, 44])
  assert.deepEqual(spread([98, 99, 99.5], 2), [95, 97, 99])
  const crowd = spread(Array(200).fill(50), 2)
  assert.ok(crowd.every((place) => 0 <= place && place <= 100) && new Set(crowd).size === 200)
})

test("where there is no room for all, neighbours are drawn as one, and nobody is left out", () => {
  const itself = (/** @type {number} */ place) => place
  assert.deepEqual(crowdsOf([1, 2, 90], itself, 20), [[1], [2], [90]])
  assert.deepEqual(crowdsOf([1, 2, 25, 61, 79, 90], itself, 20), [[1, 2], [25], [61, 79], [90]])
})

test("a chapter lasts until the next one; what is not on the line is none", () => {
  const chapter = { at: "2026-11-22T03:34:08.000Z", published: 0, title: "talk", category: "" }
  const chapters = chaptersOf(
    [
      { ...chapter, source: null },
      { ...chapter, source: 0 },
      { ...chapter, source: 40 },
    ],
    100,
  )
  assert.deepEqual(
    chapters.map(({ begin, end }) => [begin, end]),
    [
      [0, 40],
      [40, 100],
    ],
  )
})
