/** When a streamer usually goes live, in words and as a picture of the week; and what looking for it comes to. */

import { lasting } from "../format/times.js"
import { html, nothing, svg } from "../packages/lit-html/lit-html.js"
import { inLanguages } from "../shell/language.js"
import { dayName, usually } from "./usual-starts.js"

/** @typedef {import("../api/api.js").Streamer} Streamer */

const HOURS = 24
const CELL = 10
const LABELS = 34
const EVERY_HOURS = 6

const words = inLanguages({
  en: {
    habits: "Usual times",
    week: "How likely a start is in each hour of the week",
    looks: (/** @type {number} */ count) => `${count} checks a day`,
    delay: (/** @type {string} */ length) => `starts seen ${length} late on average`,
  },
  ko: {
    habits: "보통 방송하는 때",
    week: "요일과 시각별로 방송이 시작될 가능성",
    looks: (count) => `하루 ${count}번 확인`,
    delay: (length) => `시작을 평균 ${length} 늦게 알아챔`,
  },
})

/** @param {Streamer} streamer */
export function habits({ usual_starts, expected_starts, looks_a_day, delay_mean_s }) {
  if (!expected_starts.length) return nothing
  const spent = [
    ...(looks_a_day === null ? [] : [words().looks(Math.round(looks_a_day))]),
    ...(delay_mean_s === null ? [] : [words().delay(lasting(delay_mean_s))]),
  ]
  return html`
    <details class="habits">
      <summary>${usual_starts.length ? usual_starts.map(usually).join(" · ") : words().habits}</summary>
      ${week(expected_starts)}
      <p class="hint">${spent.join(" · ")}</p>
    </details>
  `
}

/** @param {number[]} expected  for each hour from Monday's first on */
function week(expected) {
  const most = Math.max(...expected)
  return html`
    <svg class="week" role="img" aria-label=${words().week} viewBox="0 0 ${LABELS + HOURS * CELL} ${8 * CELL}">
      ${Array.from({ length: HOURS / EVERY_HOURS }, (_, at) => hourLabel(at * EVERY_HOURS))}
      ${Array.from({ length: 7 }, (_, day) => dayLabel(day))} ${expected.map((count, hour) => cell(hour, count / most))}
    </svg>
  `
}

/** @param {number} hour  of the week @param {number} share  of the likeliest hour's */
const cell = (hour, share) => svg`
  <rect x=${LABELS + (hour % HOURS) * CELL} y=${(1 + Math.floor(hour / HOURS)) * CELL} width=${CELL - 1} height=${CELL - 1}
    rx="2" fill-opacity=${(0.06 + 0.94 * share).toFixed(2)}></rect>
`

/** @param {number} hour */
const hourLabel = (hour) => svg`<text x=${LABELS + hour * CELL} y=${CELL - 2}>${hour}</text>`

/** @param {number} day */
const dayLabel = (day) => svg`<text x="0" y=${(day + 2) * CELL - 2}>${dayName(day)}</text>`
