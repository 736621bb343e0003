/** When a streamer usually goes live, in words. */

import { inLanguages, language } from "../shell/language.js"

/** A Monday, as the week of a habit begins with one. */
const MONDAY_MS = Date.UTC(2024, 0, 1)
const DAY_MS = 86_400_000

const words = inLanguages({
  en: (/** @type {string} */ days, /** @type {string} */ time, /** @type {number} */ spread) =>
    `Usually starts ${days} at ${time} ± ${spread} min`,
  ko: (days, time, spread) => `보통 ${days} ${time}쯤(±${spread}분) 시작`,
})

/** @param {import("../api/api.js").Streamer["usual_starts"][number]} start */
export function usually({ weekdays, time, spread_min }) {
  const days = new Intl.ListFormat(language(), { type: "unit", style: "short" }).format(weekdays.map(dayName))
  return words()(days, time, spread_min)
}

/** @param {number} day  from Monday, 0, on */
export const dayName = (day) =>
  new Intl.DateTimeFormat(language(), { weekday: "short", timeZone: "UTC" }).format(MONDAY_MS + day * DAY_MS)
