import "./a-browser.js"
import assert from "node:assert/strict"
import { test } from "node:test"
import { Api } from "../page/api/api.js"
import { inOrder, renewed } from "../page/recordings/order.js"
import { RecordingList } from "../page/recordings/recording-list.js"
import { newest } from "../page/recordings/wanted.js"

/** @typedef {import("../page/api/api.js").Recording} Recording */
/** @typedef {import("../page/recordings/recording-list.js").Answer} Answer */

/** @param {number} number  the higher, the newer @param {Partial<Recording>} [facts] @returns {Recording} */
const recording = (number, facts) =>
  /** @type {Recording} */ ({
    recording_id: `chzzk:1:${number}`,
    started_at: `2026-11-${String(number).padStart(2, "0")}T03:00:00.000Z`,
    status: "IDLE",
    ...facts,
  })

/** @param {Recording[] | undefined} recordings */
const numbers = (recordings) => recordings?.map(({ recording_id }) => Number(recording_id.slice(8)))

/** A list whose API gives these answers, one after the other, and what it was asked. @param {Answer[]} answers */
function listOf(answers, wanted = newest()) {
  /** @type {string[]} */
  const asked = []
  const api = new Api()
  api.get = async (path) => {
    asked.push(path)
    return /** @type {any} */ (answers.shift())
  }
  return { list: new RecordingList(api, { title: "rest", statuses: ["DONE", "FAILED"] }, wanted), asked }
}

test("the newest come first, those of one moment by their ids as the API has them", () => {
  const twin = { ...recording(9), recording_id: "chzzk:1:1" }
  assert.deepEqual(numbers(inOrder([recording(3), recording(9), twin])), [1, 9, 3])
})

test("renewing the top keeps the pages behind it, and drops what is gone from it", () => {
  const known = [9, 8, 7, 3, 2].map((number) => recording(number))
  assert.deepEqual(numbers(renewed(known, [recording(10), recording(9), recording(7)], false)), [10, 9, 7, 3, 2])
  assert.deepEqual(numbers(renewed(known, [recording(9)], true)), [9])
  assert.deepEqual(renewed(known, [], true), [])
})

test("an answer that found nothing yet, of a search that goes on, takes nothing away", () => {
  assert.deepEqual(numbers(renewed([recording(3)], [], false)), [3])
})

test("the list asks for its states, and for whom and what is looked for", async () => {
  const { list, asked } = listOf([{ recordings: [], next: null }], newest({ channel: "chzzk:1", letters: "롤 결승" }))
  await list.renew()
  const query = new URLSearchParams(asked[0]?.split("?")[1])
  assert.deepEqual(query.getAll("status"), ["DONE", "FAILED"])
  assert.equal(query.get("channel"), "chzzk:1")
  assert.equal(query.get("q"), "롤 결승")
})

test("more is asked for from where the last page ended, however often the top is renewed", async () => {
  const { list, asked } = listOf([
    { recordings: [recording(9, { status: "DONE" })], next: "behind 9" },
    { recordings: [recording(5, { status: "DONE" })], next: "behind 5" },
    { recordings: [recording(9, { status: "DONE" })], next: "behind 9" },
    { recordings: [recording(4, { status: "DONE" })], next: null },
  ])
  await list.renew()
  await list.more()
  await list.renew()
  await list.more()
  assert.deepEqual(numbers(list.found), [9, 5, 4])
  assert.equal(list.next, null)
  assert.match(asked.at(-1) ?? "", /cursor=behind\+5/)
})

test("what a person changes leaves the list, and an older answer does not bring it back", async () => {
  const done = recording(9, { status: "DONE" })
  const { list } = listOf([
    { recordings: [done], next: null },
    { recordings: [done], next: null },
  ])
  await list.renew()
  const renewing = list.renew()
  list.put({ ...done, status: "TERMINATED" })
  await renewing
  assert.deepEqual(list.found, [])
  list.put(done)
  assert.deepEqual(numbers(list.found), [9])
})
