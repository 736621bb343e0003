/** Where the keyboard is among recordings and folders. A redraw that takes away what had the focus does not lose it. */

const ENTRY = ".recording .whole, .folders a"
const CARD = ".recording"

/** On a recording's title, or a folder. */
export const isAtEntry = () => document.activeElement?.matches(ENTRY) ?? false

/** To the next, or with -1 to the one before; to the first from elsewhere. @param {1 | -1} by */
export function step(by) {
  const entries = all(ENTRY)
  const at = entries.indexOf(/** @type {HTMLElement} */ (document.activeElement))
  entries[at < 0 ? 0 : Math.min(Math.max(at + by, 0), entries.length - 1)]?.focus()
}

/** Which of the cards it is, from the top. @param {string} recordingId */
export const placeInCards = (recordingId) => all(CARD).findIndex(({ dataset }) => dataset.recording === recordingId)

/**
 * To the card's menu; if it has left its place, to what is there now.
 *
 * @param {string} recordingId
 * @param {number} place  where it was, below 0 where it was not shown
 */
export function focusBack(recordingId, place) {
  if (!isNowhere()) return
  const cards = all(CARD)
  const now = placeInCards(recordingId)
  const next = cards[Math.min(place, cards.length - 1)]?.querySelector(".whole")
  const to = now === place || place < 0 ? cards[now]?.querySelector("summary") : next
  focusOn(to ?? document.querySelector("search input"))
}

/** How far down somebody was, and at which entry. */
export class Bookmark {
  #top = 0
  #entry = ""

  keep() {
    this.#top = scrollY
    this.#entry = nameOf(document.activeElement)
  }

  /**
   * For who comes back by what is gone by now: a link in it, or the browser's own way. Others begin at the top.
   *
   * @param {string | undefined} cameFrom  a folder: who moves among them stays among them
   */
  takeUp(cameFrom) {
    if (!isNowhere()) return scrollTo(0, 0)
    scrollTo(0, this.#top)
    const entries = all(ENTRY)
    const named = (/** @type {string} */ name) => entries.find((entry) => name && nameOf(entry) === name)
    const to = named(this.#entry) ?? (cameFrom === undefined ? undefined : (named(cameFrom) ?? entries[0]))
    to?.focus({ preventScroll: true })
  }
}

/** @param {Element | null | undefined} element */
const focusOn = (element) => element instanceof HTMLElement && element.focus()

/** Or only on the content as a whole. */
const isNowhere = () => document.activeElement === null || document.activeElement.matches("body, #content")

/** @param {string} selector @returns {HTMLElement[]} */
const all = (selector) => [...document.querySelectorAll(selector)].filter((found) => found instanceof HTMLElement)

/** What stays the same when it is drawn anew. @param {Element | null} element */
function nameOf(element) {
  const entry = element?.closest(`${CARD}, .folders a`)
  return entry instanceof HTMLElement ? (entry.dataset.recording ?? entry.dataset.folder ?? "") : ""
}
