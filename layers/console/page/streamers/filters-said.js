/** What of a streamer is recorded, in a line. */

import { inLanguages, language } from "../shell/language.js"
import { DAYS, TEXTS } from "./filter-draft.js"
import { dayName } from "./usual-starts.js"

/**
 * @typedef {import("./filter-draft.js").Filters} Filters
 * @typedef {import("./filter-draft.js").Hours} Hours
 * @typedef {import("./filter-draft.js").TextsName} TextsName
 */

const FEW = 2

const words = inLanguages({
  en: {
    of: /** @type {Record<TextsName, (texts: string) => string>} */ ({
      titles: (texts) => `Only titles with ${texts}`,
      not_titles: (texts) => `No titles with ${texts}`,
      categories: (texts) => `Only the category ${texts}`,
      not_categories: (texts) => `Not the category ${texts}`,
    }),
    daily: "Every day",
    toldOnly: "Only notify, record nothing",
  },
  ko: {
    of: {
      titles: (texts) => `제목에 ${texts} 포함`,
      not_titles: (texts) => `제목에 ${texts} 없음`,
      categories: (texts) => `카테고리 ${texts}만`,
      not_categories: (texts) => `카테고리 ${texts} 제외`,
    },
    daily: "매일",
    toldOnly: "녹화하지 않고 알림만",
  },
})

/** @param {Filters} filters */
export function filtersSaid(filters) {
  const said = TEXTS.flatMap((name) => (filters[name]?.length ? [words().of[name](anyOf(filters[name]))] : []))
  const toldOnly = filters.notify_only ? [words().toldOnly] : []
  return [...said, ...(filters.hours ?? []).map(hoursSaid), ...toldOnly].join(" · ")
}

/** @param {string[]} texts */
const anyOf = (texts) =>
  new Intl.ListFormat(language(), { type: "disjunction" }).format(texts.map((text) => `“${text}”`))

/** @param {Hours} hours */
const hoursSaid = ({ days, begin, end }) => `${daysSaid(days)} ${begin}–${end}`

/** @param {Hours["days"]} days */
function daysSaid(days) {
  const numbers = DAYS.flatMap((day, number) => (days.includes(day) ? [number] : []))
  if (numbers.length === DAYS.length) return words().daily
  const [first = 0, last = 0] = [numbers.at(0), numbers.at(-1)]
  if (numbers.length > FEW && last - first < numbers.length) return `${dayName(first)}–${dayName(last)}`
  const names = numbers.map(dayName)
  return new Intl.ListFormat(language(), { type: "unit", style: "short" }).format(names)
}
