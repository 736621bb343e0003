/** Everything that was recorded: to be found, watched, confirmed or deleted. */

import { html, nothing } from "../packages/lit-html/lit-html.js"
import { keepFresh } from "../shell/keep-fresh.js"
import { Acts } from "./acts.js"
import { Explorer } from "./explorer.js"
import { isAtEntry, step } from "./focus.js"
import { above } from "./folder-names.js"
import { Listing } from "./listing.js"
import { toolbar } from "./toolbar.js"
import { hashFor, inFolder, newest, wantedAt } from "./wanted.js"
import { words } from "./words.js"

/**
 * @typedef {import("../shell/app.js").App} App
 * @typedef {import("../api/api.js").Recording} Recording
 * @typedef {import("./wanted.js").Wanted} Wanted
 */

const EVERY_MS = 5_000
const SECOND_MS = 1_000
const TYPED_MS = 250
const KEPT = 12

/** @type {Map<string, Listing | Explorer>} By address: who comes back finds it as it was, and fresh a moment later. */
const shown = new Map()

/** @type {import("../shell/app.js").OpenPage} */
export function openRecordings(app, place) {
  const recordings = new Recordings(app, wantedAt(place))
  return {
    title: () => words().title,
    view: () => recordings.view(),
    leave: () => recordings.leave(),
    onKey: (event) => recordings.onKey(event),
  }
}

class Recordings {
  #content
  /** @type {Listing | Explorer | undefined} What is shown until there is something of the content. */
  #before
  #hasArrived = false
  #endFresh
  #endCounting
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #typed

  /** @param {App} app @param {Wanted} wanted */
  constructor(app, wanted) {
    this.app = app
    this.wanted = wanted
    this.acts = new Acts(app, this.#onChanged)
    this.#content = contentOf(app, wanted)
    this.#endFresh = this.#keepFresh()
    const counting = setInterval(() => this.#content.isLive && app.changed(), SECOND_MS)
    this.#endCounting = () => clearInterval(counting)
  }

  leave() {
    this.#content.bookmark.keep()
    this.#endFresh()
    this.#endCounting()
    clearTimeout(this.#typed)
  }

  view() {
    const isKnown = this.#content.isKnown
    const content = isKnown ? this.#content : (this.#before ?? this.#content)
    if (isKnown && !this.#hasArrived) queueMicrotask(this.#arrive)
    return html`
      <h1 class="unseen">${words().title}</h1>
      ${toolbar(this.wanted, this.#content.channelName, { go: this.#go, search: this.#search })}
      <div class="found" aria-busy=${content === this.#content ? nothing : "true"}>${content.view(this.acts.run, this.#go)}</div>
    `
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const { folder } = this.wanted
    const [before, after] = folder === undefined ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"]
    if (isTyping(event)) return
    if (event.key === "Backspace" && folder) this.#go(inFolder(above(folder) ?? ""))
    else if ((event.key === before || event.key === after) && (folder !== undefined || isAtEntry())) {
      event.preventDefault()
      step(event.key === after ? 1 : -1)
    }
  }

  #keepFresh() {
    return keepFresh(() => this.#content.freshen(), EVERY_MS)
  }

  /** To other recordings, which one can go back from. */
  #go = (/** @type {Wanted} */ wanted) => {
    clearTimeout(this.#typed)
    this.#content.bookmark.keep()
    history.pushState(null, "", hashFor(wanted))
    this.#show(wanted)
  }

  #search = (/** @type {string} */ letters) => {
    const { folder } = this.wanted
    if (folder !== undefined) this.#go(newest({ letters }))
    this.wanted = { ...this.wanted, letters }
    clearTimeout(this.#typed)
    this.#typed = setTimeout(() => {
      history.replaceState(null, "", hashFor(this.wanted))
      this.#show(this.wanted)
    }, TYPED_MS)
  }

  /** @param {Wanted} wanted */
  #show(wanted) {
    this.wanted = wanted
    this.#before = this.#content.isKnown ? this.#content : this.#before
    this.#content = contentOf(this.app, wanted)
    this.#hasArrived = false
    this.#endFresh()
    this.#endFresh = this.#keepFresh()
    this.app.changed()
  }

  /** What was waited for is drawn now. */
  #arrive = () => {
    if (this.#hasArrived) return
    this.#hasArrived = true
    const cameFrom = this.#before instanceof Explorer ? this.#before.path : undefined
    this.#before = undefined
    this.#content.bookmark.takeUp(cameFrom)
  }

  #onChanged = (/** @type {Recording} */ recording) => {
    for (const content of shown.values()) content.put(recording)
    this.#endFresh()
    this.#endFresh = this.#keepFresh()
  }
}

/** @param {App} app @param {Wanted} wanted */
function contentOf(app, wanted) {
  const address = hashFor(wanted)
  const content =
    shown.get(address) ?? (wanted.folder === undefined ? new Listing(app, wanted) : new Explorer(app, wanted.folder))
  content.expire()
  shown.delete(address)
  shown.set(address, content)
  for (const oldest of [...shown.keys()].slice(0, -KEPT)) shown.delete(oldest)
  return content
}

/** @param {KeyboardEvent} event */
const isTyping = ({ target }) => target instanceof HTMLElement && target.matches("input, select, textarea")
