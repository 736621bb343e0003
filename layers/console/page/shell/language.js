/** The language in which the page speaks: as it was chosen here, else the first of the browser's that we know. */

/** @typedef {"en" | "ko"} Language */

const KEPT_AS = "mntreamer.language"

/** @type {Record<Language, string>} Each in its own words. */
export const languages = { en: "English", ko: "한국어" }

let spoken = languageOf(localStorage.getItem(KEPT_AS), navigator.languages)
document.documentElement.lang = spoken

/** @returns {Language} */
export const language = () => spoken

/** @param {Language} chosen */
export function speak(chosen) {
  spoken = chosen
  localStorage.setItem(KEPT_AS, chosen)
  document.documentElement.lang = chosen
}

/**
 * Words in each language; what it answers gives those of the language that is spoken when they are asked for.
 *
 * @template Words
 * @param {{ en: Words, ko: NoInfer<Words> }} each
 * @returns {() => Words}
 */
export const inLanguages = (each) => () => each[spoken]

/**
 * @param {string | null} chosen
 * @param {readonly string[]} preferred  language tags (BCP 47), the best first
 * @returns {Language}
 */
export function languageOf(chosen, preferred) {
  const tags = [chosen ?? "", ...preferred].map((tag) => tag.replace(/-.*/, ""))
  return /** @type {Language | undefined} */ (tags.find((tag) => tag in languages)) ?? "en"
}
