import { render } from "../packages/lit-html/lit-html.js"
import { HealthWatch } from "./health.js"
import { keepFocus } from "./keep-focus.js"
import { loginPage } from "./login.js"
import { watchMenus } from "./menus.js"
import { placeAt } from "./places.js"
import { refusalText } from "./refusals.js"
import { shell } from "./shell.js"

/**
 * @typedef {import("../api/api.js").Api} Api
 * @typedef {import("./places.js").Place} Place
 * @typedef {{ title: () => string, view: () => unknown, leave: () => void, onKey?: (event: KeyboardEvent) => void }} Page
 *   what is shown at a place; `view` is a lit-html template, drawn anew after each `app.changed()`
 * @typedef {(app: App, place: Place) => Page} OpenPage
 * @typedef {{ text: string, act?: { label: string, run: () => void }, isBad?: boolean }} Notice
 * @typedef {{ title: string, text: string, yes: string, isGrave?: boolean }} Question
 */

const NOTICE_MS = 8_000

/** The whole page: where one is, who may in, and what is said at its rim. Pages draw the rest. */
export class App {
  /** @type {Notice | undefined} What happened just now. */
  notice
  /** @type {(Question & { answer: (isYes: boolean) => void }) | undefined} What a person has to answer first. */
  question
  /** @type {Page | undefined} */
  page
  /** @type {import("../api/api.js").Session | undefined} */
  session
  /** @type {Place} */
  place = placeAt("")

  #willDraw = false
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #noticeEnds

  /**
   * @param {Api} api
   * @param {Record<Place["name"], OpenPage>} pages
   * @param {HTMLElement} root
   */
  constructor(api, pages, root) {
    this.api = api
    this.pages = pages
    this.root = root
    this.health = new HealthWatch(this)
  }

  start() {
    this.api.onLockedOut = () => this.lockOut()
    addEventListener("hashchange", () => this.#open())
    addEventListener("keydown", (event) => this.#onKey(event))
    watchMenus()
    void this.enter()
  }

  /** Goes in if the server lets us, else asks for the token. */
  async enter() {
    await this.attempt(async () => {
      this.session = await this.api.get("/session")
    })
    this.#open()
  }

  get isLockedOut() {
    return this.session?.is_valid === false
  }

  lockOut() {
    if (this.isLockedOut) return
    this.session = { is_valid: false, expires_at: null }
    this.#open()
  }

  /** Draw anew, with everything that changed before the next picture. */
  changed() {
    if (this.#willDraw) return
    this.#willDraw = true
    requestAnimationFrame(() => {
      this.#willDraw = false
      this.#draw()
    })
  }

  /** Say what happened; with `act` it can be undone for a while. @param {Notice} notice */
  tell(notice) {
    this.notice = notice
    clearTimeout(this.#noticeEnds)
    this.#noticeEnds = setTimeout(() => this.hush(), NOTICE_MS)
    this.changed()
  }

  hush() {
    this.notice = undefined
    this.changed()
  }

  /** @param {Question} question @returns {Promise<boolean>} whether the answer was yes */
  ask(question) {
    const asker = document.activeElement
    return new Promise((resolve) => {
      const answer = (/** @type {boolean} */ isYes) => {
        this.question = undefined
        this.#draw()
        if (asker instanceof HTMLElement) asker.focus()
        resolve(isYes)
      }
      this.question = { ...question, answer }
      this.changed()
    })
  }

  /**
   * Do it, and tell the person if it is refused.
   *
   * @template Result
   * @param {() => Promise<Result>} work
   * @returns {Promise<Result | undefined>} undefined where it was refused
   */
  async attempt(work) {
    try {
      return await work()
    } catch (error) {
      this.tell({ text: refusalText(error), isBad: true })
      return undefined
    } finally {
      this.changed()
    }
  }

  #open() {
    this.page?.leave()
    this.place = placeAt(location.hash)
    this.page = this.isLockedOut ? loginPage(this) : this.pages[this.place.name](this, this.place)
    if (this.isLockedOut) this.health.end()
    else this.health.begin()
    this.changed()
  }

  #draw() {
    if (!this.page) return
    document.title = `${this.page.title()} · mntreamer`
    keepFocus()
    render(shell(this, this.page), this.root)
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (!this.question && !event.defaultPrevented) this.page?.onKey?.(event)
  }
}
