/** The recording from its begin to its end: what is in it, where one is, and what is selected. */

import { Gestures, partOf } from "./gestures.js"
import { between, moved } from "./selection.js"
import { grown, lineOf, panned, percentAt, secondsAt, turnedTo, within, zoomed } from "./shown.js"
import { timelineView } from "./timeline-view.js"

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./shown.js").Shown} Shown
 */

const CLOSER = 0.5
const KEY_S = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }

export class Timeline {
  /** @type {Shown} */
  shown = { begin: 0, end: 1 }
  /** @type {string | undefined} The cut that somebody looks at. */
  lookedAt
  widthPx = 960
  /** @type {HTMLElement | undefined} */
  strip

  /** @type {number | undefined} Where somebody points, as a part of the width. */
  #pointedAt
  #line = 1
  #selectedFrom = 0
  /** @type {HTMLElement | undefined} */
  #playhead
  #resized = new ResizeObserver(([entry]) => this.#onResized(entry?.contentRect.width ?? 0))

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor
  }

  leave() {
    this.#resized.disconnect()
  }

  view() {
    this.#grow()
    return timelineView(this)
  }

  get line() {
    return this.#line
  }

  /** Where somebody points, in seconds; undefined also where nothing is recorded yet. */
  get hovered() {
    const at = this.#pointedAt === undefined ? undefined : secondsAt(this.shown, this.#pointedAt)
    return at !== undefined && at <= this.editor.duration ? at : undefined
  }

  get isWhole() {
    return this.shown.end - this.shown.begin >= this.#line
  }

  /** @param {Element | undefined} element */
  takeStrip = (element) => {
    this.#resized.disconnect()
    if (!(element instanceof HTMLElement)) return
    this.strip = element
    this.#resized.observe(element)
  }

  /** Moved by itself, so that not all is drawn for each picture. @param {Element | undefined} element */
  takePlayhead = (element) => {
    this.#playhead = element instanceof HTMLElement ? element : undefined
    this.show(this.editor.player.at)
  }

  /** The place that is played. @param {number} at */
  show(at) {
    const turned = turnedTo(this.shown, at, this.#line)
    if (turned !== this.shown) this.#look(turned)
    this.#playhead?.style.setProperty("--at", `${percentAt(this.shown, at)}%`)
  }

  gestures = new Gestures({
    point: (part, isSelecting, isFirst) => this.#point(secondsAt(this.shown, part), isSelecting, isFirst),
    zoom: (factor, part) => this.#look(zoomed(this.shown, factor, secondsAt(this.shown, part), this.#line)),
    pan: (part) => this.#look(panned(this.shown, part * (this.shown.end - this.shown.begin), this.#line)),
    hover: (part) => {
      this.#pointedAt = part
      this.editor.changed()
    },
  })

  zoomIn = () => this.#look(zoomed(this.shown, CLOSER, this.#middle, this.#line))
  zoomOut = () => this.#look(zoomed(this.shown, 1 / CLOSER, this.#middle, this.#line))
  showAll = () => this.#look({ begin: 0, end: this.#line })

  /** Closer, at what lies between two places. @param {number} begin @param {number} end */
  look(begin, end) {
    const margin = (end - begin) / 4
    this.#look(within({ begin: begin - margin, end: end + margin }, this.#line))
  }

  /** @param {string | undefined} cutId */
  lookAt(cutId) {
    this.lookedAt = cutId
    this.editor.changed()
  }

  /** @param {PointerEvent & { currentTarget: HTMLElement }} event  on the small line of all */
  overview = (event) => {
    if (event.type === "pointerdown") event.currentTarget.setPointerCapture(event.pointerId)
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const middle = partOf(event) * this.#line
    const half = (this.shown.end - this.shown.begin) / 2
    this.#look(within({ begin: middle - half, end: middle + half }, this.#line))
  }

  /** @param {"begin" | "end"} which @param {PointerEvent & { currentTarget: HTMLElement }} event  on a handle */
  drag(which, event) {
    if (event.type === "pointerdown") event.currentTarget.setPointerCapture(event.pointerId)
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !this.strip) return
    const { left, width } = this.strip.getBoundingClientRect()
    this.#moveEnd(which, secondsAt(this.shown, (event.clientX - left) / width))
  }

  /** @param {"begin" | "end"} which @param {KeyboardEvent} event  on a handle */
  nudge(which, event) {
    const by = KEY_S[/** @type {keyof typeof KEY_S} */ (event.key)]
    const at = this.editor.selection[which]
    if (!by || at === undefined) return
    event.preventDefault()
    this.#moveEnd(which, at + by)
  }

  /** @param {"begin" | "end"} which @param {number} at */
  #moveEnd(which, at) {
    this.editor.select(moved(this.editor.selection, which, at, this.editor.duration))
  }

  /** @param {number} at @param {boolean} isSelecting @param {boolean} isFirst */
  #point(at, isSelecting, isFirst) {
    const place = Math.min(at, this.editor.duration)
    if (!isSelecting) return this.editor.player.seek(place)
    if (isFirst) this.#selectedFrom = place
    else this.editor.select(between(this.#selectedFrom, place))
  }

  /** @param {Shown} shown */
  #look(shown) {
    this.shown = shown
    this.#playhead?.style.setProperty("--at", `${percentAt(shown, this.editor.player.at)}%`)
    this.editor.changed()
  }

  #grow() {
    const line = lineOf(this.editor.duration, this.editor.grows)
    if (line === this.#line) return
    this.shown = grown(this.shown, this.#line, line)
    this.#line = line
    this.#playhead?.style.setProperty("--at", `${percentAt(this.shown, this.editor.player.at)}%`)
  }

  /** @param {number} width */
  #onResized(width) {
    if (width) this.widthPx = width
    this.editor.changed()
  }

  /** What stays in place: where one is, if that is seen. */
  get #middle() {
    const { begin, end } = this.shown
    const { at } = this.editor.player
    return begin <= at && at <= end ? at : (begin + end) / 2
  }
}
