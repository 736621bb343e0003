import "./a-browser.js"
import assert from "node:assert/strict"
import { test } from "node:test"
import { changesOf, DAYS, doubtAbout, draftOf, filtersOf, toggled } from "../page/streamers/filter-draft.js"
import { filtersSaid } from "../page/streamers/filters-said.js"

/** @typedef {import("../page/api/api.js").Streamer} Streamer */

const EVENINGS = { days: /** @type {("mon" | "tue")[]} */ (["mon", "tue"]), begin: "18:00", end: "02:00" }
const OPEN = { titles: [], not_titles: [], categories: [], not_categories: [], hours: [], notify_only: false }
const all = /** @type {Streamer} */ ({ filters: null, recorders: null, schedule: null })
/** @param {object} filters  as the API tells them @returns {Streamer} */
const only = (filters) => ({ ...all, filters: { ...OPEN, ...filters } })
/** @param {object} texts */
const some = (texts) => ({ ...draftOf(all), isSome: true, texts: { ...draftOf(all).texts, ...texts } })

test("what the API tells is said in the form and told again as it was", () => {
  const told = { titles: ["a, b", "c"], not_categories: ["d"], hours: [EVENINGS], notify_only: true }
  const draft = draftOf(only(told))

  assert.equal(draft.isSome, true)
  assert.equal(draft.texts.titles, "a, b\nc")
  assert.deepEqual(filtersOf(draft), told)
  assert.deepEqual(changesOf(only(told), draft), {})
})

test("a line is one text, without the spaces around it, and an empty line none", () => {
  assert.deepEqual(filtersOf(some({ titles: " one \r\n\n  \ntwo" })), { titles: ["one", "two"] })
})

test("who chooses all again loses what was typed, and being told only is no choice of which", () => {
  assert.equal(filtersOf({ ...some({ titles: "one" }), isSome: false }), null)
  assert.deepEqual(filtersOf({ ...draftOf(all), isToldOnly: true }), { notify_only: true })
  assert.equal(draftOf(only({ notify_only: true })).isSome, false)
})

test("only what is not as it was is told", () => {
  assert.deepEqual(changesOf(all, draftOf(all)), {})
  assert.deepEqual(changesOf(all, { ...draftOf(all), recorders: 2 }), { recorders: 2 })
  assert.deepEqual(changesOf(only({ titles: ["one"] }), { ...draftOf(all), schedule: "learned" }), {
    filters: null,
    schedule: "learned",
  })
})

test("some without saying which, hours without a day, and more than the API takes cannot be meant so", () => {
  assert.equal(doubtAbout(some({ titles: "one\n".repeat(21) })), "many")
  assert.equal(doubtAbout(some({ categories: "x".repeat(201) })), "many")
  assert.equal(doubtAbout(some({ titles: `${"x".repeat(200)}\n`.repeat(20) })), undefined)
  assert.equal(doubtAbout(some({ titles: " \n" })), "nothing")
  assert.equal(doubtAbout({ ...some({ titles: "one" }), hours: [{ ...EVENINGS, days: [] }] }), "days")
  assert.equal(doubtAbout({ ...some({}), hours: [EVENINGS] }), undefined)
  assert.equal(doubtAbout(draftOf(all)), undefined)
})

test("days come in the order of the week", () => {
  assert.deepEqual(toggled(["mon", "sun"], "wed"), ["mon", "wed", "sun"])
  assert.deepEqual(toggled(["mon", "sun"], "mon"), ["sun"])
})

test("filters are said in a line", () => {
  assert.equal(
    filtersSaid({ titles: ["one", "two"], not_categories: ["talk"], hours: [EVENINGS], notify_only: true }),
    "Only titles with “one” or “two” · Not the category “talk” · Mon, Tue 18:00–02:00 · Only notify, record nothing",
  )
  assert.equal(filtersSaid({ hours: [{ ...EVENINGS, days: [...DAYS] }] }), "Every day 18:00–02:00")
  assert.equal(filtersSaid({ hours: [{ ...EVENINGS, days: ["fri", "wed", "thu"] }] }), "Wed–Fri 18:00–02:00")
  assert.equal(filtersSaid({ hours: [{ ...EVENINGS, days: ["mon", "wed", "fri"] }] }), "Mon, Wed, Fri 18:00–02:00")
})
