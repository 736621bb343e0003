/** How the timeline looks: a ruler, chapters, the film with what is cut, what happened, and all of it at a glance. */

import { clock } from "../../format/times.js"
import { ref } from "../../packages/lit-html/directives/ref.js"
import { repeat } from "../../packages/lit-html/directives/repeat.js"
import { html, nothing } from "../../packages/lit-html/lit-html.js"
import { spanAt } from "../playing/cut-spans.js"
import { rangeText, words } from "../words.js"
import { along, at as placed } from "./drawn.js"
import { eventsLane } from "./events-lane.js"
import { film, pictureView } from "./film.js"
import { pictureAt } from "./pictures.js"
import { selectionView } from "./selection-view.js"
import { ticksOf, touches } from "./shown.js"

/** @typedef {import("./timeline.js").Timeline} Timeline */

const TICK_PX = 90

/** @param {Timeline} timeline */
export const timelineView = (timeline) => html`
  <div class="line" @pointerleave=${timeline.gestures.leave}>
    <div class="ruler" aria-hidden="true">
      ${ticksOf(timeline.shown, Math.max(2, timeline.widthPx / TICK_PX)).map(
        (at) => html`<span .style=${placed(timeline.shown, at)}>${clock(at)}</span>`,
      )}
    </div>
    ${chapters(timeline)}
    <div class="film">
      ${strip(timeline)} ${selectionView(timeline)}
      <span class="playhead" ${ref(timeline.takePlayhead)}></span>
    </div>
    ${eventsLane(timeline)} ${overview(timeline)} ${preview(timeline)}
  </div>
`

/** @param {Timeline} timeline */
function strip(timeline) {
  const { gestures, editor } = timeline
  const at = Math.round(editor.player.at)
  return html`
    <div class="strip" role="slider" tabindex="0" aria-label=${words().place} aria-valuemin="0"
      aria-valuemax=${Math.ceil(editor.duration)} aria-valuenow=${at} aria-valuetext=${clock(at)}
      ${ref(timeline.takeStrip)} @pointerdown=${gestures.down} @pointermove=${gestures.move} @pointerup=${gestures.up}
      @pointercancel=${gestures.up} @wheel=${gestures.wheel}>
      ${film(timeline)}
      ${editor.player.cuts
        .filter((span) => touches(timeline.shown, span))
        .map((span) => html`<span class="cut-span" .style=${along(timeline.shown, span)}></span>`)}
      ${timeline.line > editor.duration ? ahead(timeline) : nothing}
      ${timeline.hovered === undefined ? nothing : html`<span class="hover" .style=${placed(timeline.shown, timeline.hovered)}></span>`}
    </div>
  `
}

/** What is not recorded yet. @param {Timeline} timeline */
const ahead = (timeline) =>
  html`<span class="ahead" .style=${along(timeline.shown, { begin: timeline.editor.duration, end: timeline.line })}></span>`

/** @param {Timeline} timeline */
function chapters(timeline) {
  const { editor, shown } = timeline
  if (!editor.chapters.length) return nothing
  return html`
    <div class="chapters">
      ${repeat(
        editor.chapters.filter((chapter) => touches(shown, chapter)),
        ({ begin }) => begin,
        (chapter) => html`
          <button title=${chapter.title} .style=${along(timeline.shown, chapter)} @click=${() => editor.player.seek(chapter.begin)}>
            ${chapter.title}
          </button>
        `,
      )}
    </div>
  `
}

/** @param {Timeline} timeline */
function overview(timeline) {
  const { shown, line, overview } = timeline
  const part = { begin: (shown.begin / line) * 100, end: (shown.end / line) * 100 }
  return html`
    <div class="overview" aria-hidden="true" ?hidden=${timeline.isWhole} @pointerdown=${overview} @pointermove=${overview}>
      <span .style=${`--at: ${part.begin}%; --length: ${part.end - part.begin}%`}></span>
    </div>
  `
}

/** What there is where somebody points. Whoever cannot see it is told by the buttons themselves. @param {Timeline} timeline */
function preview(timeline) {
  const { editor, lookedAt, hovered } = timeline
  const cut = editor.recording?.cuts.find(({ cut_id }) => cut_id === lookedAt)?.source
  const at = cut?.begin ?? hovered
  if (at === undefined) return nothing
  const picture = pictureAt(editor.pictures.all, at)
  const note = cut ? words().bringBack : spanAt(editor.player.cuts, at) ? words().cutOut : nothing
  return html`
    <div class="preview" aria-hidden="true" .style=${placed(timeline.shown, cut ? (cut.begin + cut.end) / 2 : at)}>
      ${picture ? pictureView(picture, 1) : nothing}
      <b>${cut ? rangeText(cut) : clock(at)}</b>
      ${note === nothing ? nothing : html`<span>${note}</span>`}
    </div>
  `
}
