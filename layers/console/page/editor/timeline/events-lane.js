/** Under the film: markers and gaps to go to, cuts to take back. */

import { clock } from "../../format/times.js"
import { repeat } from "../../packages/lit-html/directives/repeat.js"
import { html } from "../../packages/lit-html/lit-html.js"
import { icon } from "../../shell/icons.js"
import { endsText, rangeText, words } from "../words.js"
import { crowdsOf } from "./crowds.js"
import { percentAt } from "./shown.js"
import { spread } from "./spread.js"

/**
 * @typedef {import("./timeline.js").Timeline} Timeline
 * @typedef {import("../recording-watch.js").Watched} Watched
 * @typedef {import("../../api/api.js").Cut} Cut
 * @typedef {{ key: string, at: number, view: (place: string) => unknown }} Happened
 */

const APART_PX = 26

/** @param {Timeline} timeline */
export function eventsLane(timeline) {
  const { shown, widthPx } = timeline
  const seen = eventsOf(timeline).filter(({ at }) => shown.begin <= at && at <= shown.end)
  const inOrder = seen.toSorted((one, other) => one.at - other.at)
  const apart = (APART_PX / widthPx) * 100
  const drawn = crowdsOf(inOrder, ({ at }) => percentAt(shown, at), apart).map((crowd) => asOne(timeline, crowd))
  const places = spread(
    drawn.map(({ at }) => percentAt(shown, at)),
    apart,
  )
  return html`
    <div class="events">
      ${repeat(
        drawn,
        ({ key }) => key,
        ({ view }, index) => view(`--at: ${places[index]}%`),
      )}
    </div>
  `
}

/** Several are a number that leads closer to them. @param {Timeline} timeline @param {Happened[]} crowd @returns {Happened} */
function asOne(timeline, crowd) {
  const [first, last] = [/** @type {Happened} */ (crowd[0]), /** @type {Happened} */ (crowd.at(-1))]
  if (crowd.length === 1) return first
  const label = words().crowd(crowd.length, endsText({ begin: first.at, end: last.at }))
  const view = (/** @type {string} */ place) => html`
    <button class="event crowd" title=${label} aria-label=${label} .style=${place} @click=${() => timeline.look(first.at, last.at)}>
      ${crowd.length}
    </button>
  `
  return { key: `crowd ${first.key}`, at: (first.at + last.at) / 2, view }
}

/** @param {Timeline} timeline @returns {Happened[]} */
function eventsOf(timeline) {
  const { recording } = timeline.editor
  if (!recording) return []
  return [
    ...recording.missing.flatMap((gap, index) => gapAt(timeline, gap, index)),
    ...recording.cuts.flatMap((cut) => cutAt(timeline, cut)),
    ...recording.markers.flatMap((marker) => markerAt(timeline, marker)),
  ]
}

/** @param {Timeline} timeline @param {Cut} cut @returns {Happened[]} */
function cutAt(timeline, cut) {
  const { source, cut_id, is_purged } = cut
  if (!source) return []
  const label = `${is_purged ? words().purged : words().cutOut}: ${rangeText(source)}`
  const look = () => timeline.lookAt(cut_id)
  const lookAway = () => timeline.lookAt(undefined)
  const view = (/** @type {string} */ place) => html`
    <button class="event cut" aria-disabled=${is_purged} aria-label=${is_purged ? label : `${label}, ${words().bringBack}`}
      .style=${place} @click=${() => !is_purged && timeline.editor.acts.uncut(cut)} @pointerenter=${look}
      @focus=${look} @pointerleave=${lookAway} @blur=${lookAway}>
      ${icon("cut")}
    </button>
  `
  return [{ key: cut_id, at: (source.begin + source.end) / 2, view }]
}

/** @param {Timeline} timeline @param {Watched["markers"][number]} marker @returns {Happened[]} */
function markerAt(timeline, { marker_id, source, label }) {
  if (source === null) return []
  return [{ key: marker_id, at: source, view: leading(timeline, "marker", source, `${label}, ${clock(source)}`) }]
}

/** @param {Timeline} timeline @param {Watched["missing"][number]} gap @param {number} index @returns {Happened[]} */
function gapAt(timeline, { source, duration_s }, index) {
  if (source === null) return []
  const label = words().gapAt(clock(source), duration_s)
  return [{ key: `gap ${index}`, at: source, view: leading(timeline, "gap", source, label) }]
}

/** @param {Timeline} timeline @param {"marker" | "gap"} kind @param {number} at @param {string} label */
const leading = (timeline, kind, at, label) => (/** @type {string} */ place) =>
  html`
  <button class="event ${kind}" title=${label} aria-label=${label} .style=${place} @click=${() => timeline.editor.player.seek(at)}>
    ${icon(kind)}
  </button>
`
