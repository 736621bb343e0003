import "./a-browser.js"
import assert from "node:assert/strict"
import { test } from "node:test"

const { clock, exactClock, relative } = await import("../page/format/times.js")
const { money, share, size } = await import("../page/format/amounts.js")

test("a clock shows hours only where there are some", () => {
  assert.equal(clock(0), "0:00")
  assert.equal(clock(59.9), "0:59")
  assert.equal(clock(3599), "59:59")
  assert.equal(clock(3600), "1:00:00")
  assert.equal(clock(86_399), "23:59:59")
  assert.equal(clock(-1), "0:00")
})

test("an exact clock shows tenths", () => {
  assert.equal(exactClock(62.34), "1:02.3")
})

test("a moment is told from now", () => {
  const now = Date.parse("2026-11-22T12:00:00Z")
  assert.equal(relative("2026-11-22T12:05:00Z", now), "in 5 minutes")
  assert.equal(relative("2026-11-19T12:00:00Z", now), "3 days ago")
})

test("sizes are in units of a thousand", () => {
  assert.equal(size(0), "0 byte")
  assert.equal(size(999), "999 byte")
  assert.equal(size(4_102_133), "4 MB")
  assert.equal(size(3_800_000_000), "3.8 GB")
})

test("only what is whole is said to be whole", () => {
  assert.equal(share(1), "100%")
  assert.equal(share(0.99999), "99.9%")
  assert.equal(share(0), "0%")
})

test("what is little is not said to be nothing", () => {
  assert.equal(money(0), "$0.00")
  assert.equal(money(0.0004), "< $0.01")
  assert.equal(money(12.5), "$12.50")
})
