/** Moments and lengths of time, as people say them, in the language that the page speaks. */

import { language } from "../shell/language.js"

const MINUTE_S = 60
const HOUR_S = 3600
const DAY_S = 86_400

/** `1:02:03`, or `2:03`; as players show it. @param {number} seconds */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds))
  const minutes = Math.floor((whole % HOUR_S) / MINUTE_S)
  const rest = twoDigits(whole % MINUTE_S)
  return whole < HOUR_S ? `${minutes}:${rest}` : `${Math.floor(whole / HOUR_S)}:${twoDigits(minutes)}:${rest}`
}

/** `1:02:03.4`, for where a tenth of a second matters. @param {number} seconds */
export const exactClock = (seconds) => `${clock(seconds)}.${Math.floor((Math.max(0, seconds) % 1) * 10)}`

/** `in 5 minutes`, `3 days ago`. @param {string} iso @param {number} nowMs */
export function relative(iso, nowMs) {
  const seconds = (Date.parse(iso) - nowMs) / 1000
  const [size, unit] = unitOf(Math.abs(seconds))
  return new Intl.RelativeTimeFormat(language(), { numeric: "auto" }).format(Math.round(seconds / size), unit)
}

/** `22 Nov 2026, 21:03`, in the zone of whoever looks. @param {string} iso */
export const dayAndTime = (iso) =>
  new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso))

/** `6 sec`, `3 min`: as exact as it matters. @param {number} seconds */
export function lasting(seconds) {
  const unit = seconds < 2 * MINUTE_S ? "second" : "minute"
  const amount = unit === "second" ? seconds : seconds / MINUTE_S
  const shown = { style: /** @type {const} */ ("unit"), unit, maximumFractionDigits: amount < 10 ? 1 : 0 }
  return new Intl.NumberFormat(language(), shown).format(amount)
}

/** @param {number} seconds @returns {[number, Intl.RelativeTimeFormatUnit]} */
function unitOf(seconds) {
  if (seconds < MINUTE_S) return [1, "second"]
  if (seconds < HOUR_S) return [MINUTE_S, "minute"]
  return seconds < DAY_S ? [HOUR_S, "hour"] : [DAY_S, "day"]
}

/** @param {number} number */
const twoDigits = (number) => String(number).padStart(2, "0")
