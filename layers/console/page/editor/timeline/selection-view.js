/** What is selected, with a handle at each of its ends. */

import { clock, exactClock } from "../../format/times.js"
import { html, nothing } from "../../packages/lit-html/lit-html.js"
import { words } from "../words.js"
import { along, at as placed } from "./drawn.js"
import { rangeOf } from "./selection.js"
import { percentAt } from "./shown.js"

/** @typedef {import("./timeline.js").Timeline} Timeline */

/** @param {Timeline} timeline */
export function selectionView(timeline) {
  const range = rangeOf(timeline.editor.selection)
  const isSeen = range && range.begin < timeline.shown.end && timeline.shown.begin < range.end
  return html`
    ${isSeen ? html`<span class="selected" .style=${along(timeline.shown, range)}></span>` : nothing}
    ${isSeen ? takenView(timeline) : nothing}
    ${handle(timeline, "begin")} ${handle(timeline, "end")}
  `
}

/** @param {Timeline} timeline */
function takenView({ editor, shown }) {
  const { taken } = editor
  return taken ? html`<span class="taken" .style=${along(shown, taken)}></span>` : nothing
}

/** @param {Timeline} timeline @param {"begin" | "end"} which */
function handle(timeline, which) {
  const { editor, shown } = timeline
  const at = editor.selection[which]
  if (at === undefined) return nothing
  const drag = (/** @type {PointerEvent & { currentTarget: HTMLElement }} */ event) => timeline.drag(which, event)
  const percent = percentAt(shown, at)
  return html`
    <span class="handle ${which}" role="slider" tabindex="0" aria-label=${words().ends[which]} aria-valuemin="0"
      aria-valuemax=${Math.ceil(editor.duration)} aria-valuenow=${Math.round(at)} aria-valuetext=${clock(at)}
      title=${exactClock(at)} ?hidden=${percent < 0 || percent > 100} .style=${placed(timeline.shown, at)} @pointerdown=${drag}
      @pointermove=${drag} @keydown=${(/** @type {KeyboardEvent} */ event) => timeline.nudge(which, event)}></span>
  `
}
