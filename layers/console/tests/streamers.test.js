import "./a-browser.js"
import assert from "node:assert/strict"
import { test } from "node:test"
import { referenceOf } from "../page/streamers/reference.js"
import { inOrder, named, standingOf } from "../page/streamers/standing.js"
import { usually } from "../page/streamers/usual-starts.js"

/** @typedef {import("../page/api/api.js").Streamer} Streamer */

const offline = /** @type {Streamer} */ ({
  streamer_id: "chzzk:1",
  channel_name: "나",
  nickname: "나",
  status: "IDLE",
  is_streaming: false,
  paused: false,
  recording_id: null,
})

test("what a person pastes is taken for what it is", () => {
  const id = "7488d18068bfc0b818b9fb2be9de4603"
  assert.deepEqual(referenceOf(` https://chzzk.naver.com/${id} `), { url: `https://chzzk.naver.com/${id}` })
  assert.deepEqual(referenceOf(`chzzk.naver.com/live/${id}`), { url: `https://chzzk.naver.com/live/${id}` })
  assert.deepEqual(referenceOf(id.toUpperCase()), { channel_id: id })
  assert.deepEqual(referenceOf(" 데모 "), { nickname: "데모" })
  assert.deepEqual(referenceOf("mr.white"), { nickname: "mr.white" })
})

test("a streamer records only once segments arrive", () => {
  assert.equal(standingOf(offline), "offline")
  assert.equal(standingOf({ ...offline, status: "PROCESS" }), "looking")
  assert.equal(standingOf({ ...offline, is_streaming: true, recording_id: "chzzk:1:2" }), "starting")
  assert.equal(standingOf({ ...offline, is_streaming: true }), "unrecordable")
  assert.equal(standingOf({ ...offline, is_streaming: true, status: "RECORDING" }), "recording")
  assert.equal(standingOf({ ...offline, paused: true }), "paused")
})

test("who is live comes first, the others by name, and a look moves nobody", () => {
  const live = { ...offline, streamer_id: "chzzk:2", channel_name: "하", status: /** @type {const} */ ("RECORDING") }
  const looked = { ...offline, streamer_id: "chzzk:3", channel_name: "가", status: /** @type {const} */ ("PROCESS") }
  const paused = { ...offline, streamer_id: "chzzk:4", channel_name: "가", paused: true }
  assert.deepEqual(
    inOrder([paused, offline, looked, live]).map(({ streamer_id }) => streamer_id),
    ["chzzk:2", "chzzk:3", "chzzk:1", "chzzk:4"],
  )
})

test("a name is found by some of its letters", () => {
  const other = { ...offline, channel_name: "Demo", nickname: "demo" }
  assert.deepEqual(named([offline, other], " DEM "), [other])
})

test("a usual time is said in words, with the days of the week", () => {
  const said = usually({ weekdays: [1, 3], time: "20:00", spread_min: 15 })
  assert.match(said, /^Usually starts Tue,? Thu at 20:00 ± 15 min$/)
})
