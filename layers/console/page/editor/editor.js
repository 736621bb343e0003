/** One recording: it is watched, also while it is made, and refined. */

import { html, nothing } from "../packages/lit-html/lit-html.js"
import { hashOf } from "../shell/places.js"
import { Acts } from "./acting/acts.js"
import { Edits } from "./acting/edits.js"
import { contextOf } from "./acting/key-context.js"
import { commandOf } from "./acting/keys.js"
import { keepFocus } from "./focus-keeper.js"
import { headerView } from "./header.js"
import { Panel } from "./panel/panel.js"
import { spansOf } from "./playing/cut-spans.js"
import { edgeOf } from "./playing/edge.js"
import { keepPlace, keptPlace } from "./playing/kept-place.js"
import { Player } from "./playing/player.js"
import { stageView } from "./playing/stage.js"
import { RecordingWatch } from "./recording-watch.js"
import { chaptersOf } from "./timeline/chapters.js"
import { Pictures } from "./timeline/film.js"
import { rangeOf } from "./timeline/selection.js"
import { takenBy } from "./timeline/taken.js"
import { Timeline } from "./timeline/timeline.js"
import { toolsView } from "./timeline/tools.js"
import { words } from "./words.js"

/**
 * @typedef {import("../shell/app.js").App} App
 * @typedef {import("./recording-watch.js").Watched} Watched
 * @typedef {import("./timeline/selection.js").Selection} Selection
 */

const MS = 1_000
const LIVE_EDGE = -1
/** What can be done where there is nothing to play. */
const WITHOUT_LINE = new Set(["leave", "delete", "keys"])

const loadingView = () => html`<p class="stage empty later" role="status">${words().loading}</p>`

/** @type {import("../shell/app.js").OpenPage} */
export const openEditor = (app, place) => new Editor(app, place.of)

export class Editor {
  /** @type {Selection} Seconds on the source. */
  selection = {}

  /** @param {App} app @param {string} id  of the recording */
  constructor(app, id) {
    this.app = app
    this.id = id
    this.player = new Player(
      () => this.changed(),
      (at) => this.#onMoved(at),
    )
    this.pictures = new Pictures(() => this.changed())
    this.timeline = new Timeline(this)
    this.watch = new RecordingWatch(app, id, () => this.#onRead())
    this.edits = new Edits(app, id, () => this.watch.read())
    this.acts = new Acts(this)
    this.panel = new Panel(this)
    addEventListener("pagehide", this.#keepPlace)
  }

  title() {
    return this.recording?.title ?? words().title
  }

  leave() {
    this.#keepPlace()
    removeEventListener("pagehide", this.#keepPlace)
    this.watch.end()
    this.panel.leave()
    this.pictures.leave()
    this.timeline.leave()
    this.player.close()
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const command = commandOf(event, contextOf(document.activeElement))
    if (!command || (!this.hasLine && !WITHOUT_LINE.has(command))) return
    event.preventDefault()
    this.acts.run(command)
  }

  changed() {
    this.app.changed()
  }

  /** @returns {Watched | undefined} undefined before the first answer */
  get recording() {
    return this.watch.recording
  }

  /** Whether more of it is to come. */
  get grows() {
    return this.recording?.status === "RECORDING"
  }

  get isDeleted() {
    return this.recording?.status === "TERMINATED"
  }

  /** Whether there is anything to play. */
  get hasLine() {
    return !this.isDeleted && Boolean(this.recording?.source_duration_s)
  }

  /** Of the source, in seconds. */
  get duration() {
    return Math.max(this.recording?.source_duration_s ?? 0, this.player.end)
  }

  get chapters() {
    return chaptersOf(this.recording?.chapters ?? [], this.duration)
  }

  get edge() {
    const sinceGrown_s = (Date.now() - this.watch.grewAtMs) / MS
    return edgeOf({ grows: this.grows, isStalled: this.player.isStalled && this.player.isAtEdge, sinceGrown_s })
  }

  /** What a cut of the selection would take, as far as that is known; else the selection itself. */
  get taken() {
    const range = rangeOf(this.selection)
    const { starts } = this.player
    return range && starts.length ? takenBy(starts, range, this.duration) : range
  }

  /** @param {Selection} selection */
  select(selection) {
    this.selection = selection
    this.changed()
  }

  /** Opens it where it was left, or at what is live now. */
  async play() {
    this.#keepPlace()
    const url = this.recording?.source_url ?? this.recording?.playlist_url
    if (url) await this.player.open(url, keptPlace(this.id, this.duration) ?? (this.grows ? LIVE_EDGE : 0))
    this.changed()
  }

  view() {
    keepFocus(() => this.timeline.strip)
    if (!this.recording) return this.watch.refusal ? this.#noneView() : loadingView()
    return html`
      ${headerView(this)} ${stageView(this)} ${this.hasLine ? this.#benchView() : nothing} ${this.panel.view()}
      ${this.acts.dialog ?? nothing}
    `
  }

  #benchView() {
    return html`
      <section class="bench" aria-label=${words().timeline}>${toolsView(this)}${this.timeline.view()}</section>
    `
  }

  #noneView() {
    return html`
      <section class="stage empty">
        <p class="bad">${this.watch.refusal}</p>
        <a href=${hashOf("recordings")}>${words().back}</a>
      </section>
    `
  }

  #onRead() {
    this.player.leaveOut(spansOf(this.recording?.cuts ?? []))
    this.pictures.follow(this.recording?.thumbnails_url)
    this.changed()
    if (this.hasLine) this.#begin()
  }

  /** Once there is something; the player's element is drawn first. */
  #begin() {
    this.panel.follow()
    const isToTryAgain = this.player.trouble === "unreachable"
    if (!this.player.isOpen || isToTryAgain) requestAnimationFrame(() => this.play())
  }

  /** @param {number} at */
  #onMoved(at) {
    this.timeline.show(at)
  }

  #keepPlace = () => {
    if (this.player.at) keepPlace(this.id, this.player.at)
  }
}
