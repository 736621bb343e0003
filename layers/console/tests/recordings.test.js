import "./a-browser.js"
import assert from "node:assert/strict"
import { test } from "node:test"
import { lasting } from "../page/format/times.js"
import { completeness, filled } from "../page/recordings/completeness.js"
import { actsOn, keptSeconds, standingOf } from "../page/recordings/standing.js"

/** @typedef {import("../page/api/api.js").Recording} Recording */

const NOON_MS = Date.parse("2026-11-22T03:00:00.000Z")

/** @param {number} seconds  after noon */
const at = (seconds) => new Date(NOON_MS + seconds * 1000).toISOString()

const live = /** @type {Recording} */ ({
  recording_id: "chzzk:1:1",
  status: "RECORDING",
  started_at: at(0),
  last_segment_at: at(60),
  segments: 10,
  duration_s: 55,
  coverage: 1,
  gaps: 0,
  gap_s: 0,
  stopped_at: null,
  ended_at: null,
  purge_began_at: null,
  playlist_url: "http://127.0.0.1/play/t/live.m3u8",
})
const over = /** @type {Recording} */ ({ ...live, status: "IDLE", ended_at: at(70) })

test("a recording is live only once segments arrive, and until its stream or a person ends it", () => {
  assert.equal(standingOf(live), "live")
  assert.equal(standingOf({ ...live, segments: 0 }), "starting")
  assert.equal(standingOf({ ...live, ended_at: at(70) }), "waiting")
  assert.equal(standingOf({ ...live, ended_at: at(70), stopped_at: at(70) }), "stopping")
  assert.equal(standingOf({ ...over, stopped_at: at(70) }), "idle")
  assert.equal(standingOf({ ...over, status: "TERMINATED" }), "deleted")
  assert.equal(standingOf({ ...over, status: "TERMINATED", purge_began_at: at(90) }), "gone")
})

test("what is kept grows between two answers", () => {
  assert.equal(keptSeconds(live, NOON_MS + 60_000), 55)
  assert.equal(keptSeconds(live, NOON_MS + 72_000), 67)
})

test("it grows no farther than the broadcast has, and not on and on when nobody writes", () => {
  assert.equal(keptSeconds({ ...live, duration_s: 59 }, NOON_MS + 61_000), 60)
  assert.equal(keptSeconds({ ...live, last_segment_at: at(58), duration_s: 60 }, NOON_MS + 61_000), 61)
  assert.equal(keptSeconds(live, NOON_MS + 3_600_000), 55 + 45)
})

test("it does not grow once it is over, nor for a clock that is behind", () => {
  assert.equal(keptSeconds(over, NOON_MS + 90_000), 55)
  assert.equal(keptSeconds(live, NOON_MS - 90_000), 55)
})

test("only a whole recording is called complete", () => {
  assert.equal(completeness(over), "Complete")
  assert.equal(completeness(live), "Complete so far")
  assert.equal(completeness({ ...over, coverage: 0.99999, gaps: 1, gap_s: 2 }), "99.9% · 1 gap, 2 sec missing")
  assert.equal(completeness({ ...over, coverage: 0.5, gaps: 3, gap_s: 1200 }), "50% · 3 gaps, 20 min missing")
  assert.equal(completeness({ ...over, coverage: null }), undefined)
})

test("a bar is full only where nothing is missing", () => {
  assert.equal(filled(1), 1)
  assert.ok(filled(0.99999) < 0.98)
  assert.equal(filled(0.5), 0.5)
})

test("short times are told exactly, long ones roughly", () => {
  assert.equal(lasting(1.25), "1.3 sec")
  assert.equal(lasting(90.4), "90 sec")
  assert.equal(lasting(150), "2.5 min")
})

test("a person is offered what can be done, and nothing else", () => {
  assert.deepEqual(actsOn(live), ["copy", "stop", "remove"])
  assert.deepEqual(actsOn({ ...live, segments: 0 }), ["stop", "remove"])
  assert.deepEqual(actsOn({ ...live, stopped_at: at(61) }), ["copy", "remove"])
  assert.deepEqual(actsOn(over), ["confirm", "copy", "remove"])
  assert.deepEqual(actsOn({ ...over, status: "DONE" }), ["copy", "remove"])
  assert.deepEqual(actsOn({ ...over, status: "FAILED", segments: 0 }), ["remove"])
  assert.deepEqual(actsOn({ ...over, status: "TERMINATED", playlist_url: null }), ["restore", "purge"])
  assert.deepEqual(actsOn({ ...over, status: "TERMINATED", purge_began_at: at(90) }), [])
})
