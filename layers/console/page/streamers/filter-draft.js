/** What a person says in the form of what of a streamer is recorded, and how; and what of that the API is told. */

/**
 * @typedef {import("../api/api.js").Schemas["WantedFilters"]} Filters
 * @typedef {import("../api/api.js").Schemas["WantedHours"]} Hours
 * @typedef {import("../api/api.js").Streamer} Streamer
 * @typedef {import("../api/api.js").StreamerChanges} StreamerChanges
 * @typedef {typeof TEXTS[number]} TextsName
 * @typedef {Pick<Streamer, "recorders" | "schedule"> & {
 *   isSome: boolean,
 *   texts: Record<TextsName, string>,
 *   hours: Hours[],
 *   isToldOnly: boolean,
 * }} Draft  `texts` have a line for each; they and the hours count where `isSome`
 */

export const TEXTS = /** @type {const} */ (["titles", "not_titles", "categories", "not_categories"])
export const DAYS = /** @type {const} */ (["mon", "tue", "wed", "thu", "fri", "sat", "sun"])

const MOST_LINES = 20
const LONGEST_LINE = 200

/** @param {Pick<Streamer, "filters" | "recorders" | "schedule">} streamer @returns {Draft} */
export function draftOf({ filters, recorders, schedule }) {
  const { titles = [], not_titles = [], categories = [], not_categories = [], hours = [] } = filters ?? {}
  const each = { titles, not_titles, categories, not_categories }
  return {
    isSome: [...Object.values(each), hours].some((conditions) => conditions.length),
    texts: /** @type {Draft["texts"]} */ (mapped(each, (texts) => texts.join("\n"))),
    hours: hours.map((one) => ({ ...one })),
    isToldOnly: filters?.notify_only ?? false,
    recorders,
    schedule,
  }
}

/** @param {Draft} draft @returns {Filters | null} null where everything is recorded */
export function filtersOf({ isSome, texts, hours, isToldOnly }) {
  const conditions = isSome ? Object.entries({ ...mapped(texts, linesOf), hours }) : []
  const told = Object.fromEntries(conditions.filter(([, each]) => each.length))
  const filters = isToldOnly ? { ...told, notify_only: true } : told
  return Object.keys(filters).length ? filters : null
}

/** What is not as it was. @param {Streamer} before @param {Draft} draft @returns {StreamerChanges} */
export function changesOf(before, draft) {
  const had = wishesOf(draftOf(before))
  return Object.fromEntries(
    Object.entries(wishesOf(draft)).filter(([name, wish]) => JSON.stringify(wish) !== JSON.stringify(had[name])),
  )
}

/** Why it cannot be meant so, or is more than the API takes. @param {Draft} draft @returns {"nothing" | "days" | "many" | undefined} */
export function doubtAbout({ isSome, texts, hours }) {
  if (!isSome) return undefined
  if (hours.some(({ days }) => !days.length)) return "days"
  const each = TEXTS.map((name) => linesOf(texts[name]))
  if (each.some((lines) => lines.length > MOST_LINES || lines.some((line) => line.length > LONGEST_LINE)))
    return "many"
  return each.flat().length || hours.length ? undefined : "nothing"
}

/** With the day, or without it where it was there; in the order of the week. @param {Hours["days"]} days @param {Hours["days"][number]} day */
export const toggled = (days, day) => DAYS.filter((each) => days.includes(each) !== (each === day))

/** @param {Draft} draft @returns {Record<string, unknown>} */
const wishesOf = (draft) => ({ filters: filtersOf(draft), recorders: draft.recorders, schedule: draft.schedule })

/** @param {string} text */
const linesOf = (text) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)

/** @template From, To @param {Record<string, From>} each @param {(value: From) => To} of @returns {Record<string, To>} */
const mapped = (each, of) => Object.fromEntries(Object.entries(each).map(([name, value]) => [name, of(value)]))
