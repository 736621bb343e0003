/** The small pictures, side by side along the timeline. */

import { html, nothing } from "../../packages/lit-html/lit-html.js"
import { keepFresh } from "../../shell/keep-fresh.js"
import { at as placed } from "./drawn.js"
import { pictureAt, picturesOf } from "./pictures.js"

/**
 * @typedef {import("./pictures.js").Picture} Picture
 * @typedef {import("./timeline.js").Timeline} Timeline
 */

const EVERY_MS = 60_000
const HEIGHT_PX = 54
const USUAL_WIDTH_PX = 96

/** The pictures that there are so far. */
export class Pictures {
  /** @type {Picture[]} */
  all = []
  /** @type {string | undefined} */
  #url
  #end = () => {}

  /** @param {() => void} onChanged */
  constructor(onChanged) {
    this.onChanged = onChanged
  }

  /** A link is signed anew each time: what counts is whether there is one. @param {string | null | undefined} url */
  follow(url) {
    const isFirst = !this.#url
    this.#url = url ?? this.#url
    if (isFirst && this.#url) this.#end = keepFresh(() => this.#load(), EVERY_MS)
  }

  leave() {
    this.#end()
  }

  async #load() {
    const url = this.#url ?? ""
    const answer = await fetch(url)
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`)
    this.all = picturesOf(await answer.text(), url)
    this.onChanged()
  }
}

/** Their places are multiples of a width, so that they stay where they are while one pans. @param {Timeline} timeline */
export function film({ editor, shown, widthPx }) {
  const { all } = editor.pictures
  if (!all.length) return nothing
  const length = ((shown.end - shown.begin) * widthOf(all[0])) / widthPx
  const first = Math.floor(shown.begin / length)
  const count = Math.ceil(shown.end / length) - first
  return Array.from({ length: count }, (_, index) => (first + index) * length)
    .filter((at) => at < editor.duration)
    .map((at) => frame(pictureAt(all, at + length / 2), placed(shown, at)))
}

/** @param {Picture | undefined} picture @param {string} place */
const frame = (picture, place) =>
  picture
    ? html`<span class="frame" .style=${place}>${pictureView(picture, HEIGHT_PX / picture.height)}</span>`
    : nothing

/** @param {Picture | undefined} picture */
const widthOf = (picture) => (picture?.height ? (picture.width / picture.height) * HEIGHT_PX : USUAL_WIDTH_PX)

/** A part of a sheet. @param {Picture} picture @param {number} scale */
export const pictureView = ({ url, left, top, width, height }, scale) => html`
  <span class="picture" .style=${`width: ${width * scale}px; height: ${height * scale}px`}>
    <span .style=${`width: ${width}px; height: ${height}px; scale: ${scale}; background: url("${url}") -${left}px -${top}px`}></span>
  </span>
`
