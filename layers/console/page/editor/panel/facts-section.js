/** Whose recording it is, how long, how whole, and what of it is missing. */

import { money, share, size } from "../../format/amounts.js"
import { problemText } from "../../format/problems.js"
import { clock, dayAndTime } from "../../format/times.js"
import { told } from "../../format/told.js"
import { html, nothing } from "../../packages/lit-html/lit-html.js"
import { placeLink, section } from "./section.js"
import { words } from "./words.js"

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../recording-watch.js").Watched} Watched
 * @typedef {Watched["missing"][number]} Missing
 */

const FEW = 3

/** @param {Editor} editor */
export function factsSection(editor) {
  const { recording } = editor
  if (!recording) return nothing
  const { category, cost_dollars, part, missing } = recording
  return section(
    words().facts,
    undefined,
    html`
      <dl class="facts">
        ${fact(words().streamer, recording.channel_name)} ${category ? fact(words().category, category) : nothing}
        ${fact(words().began, dayAndTime(recording.started_at))} ${part > 1 ? fact(words().part, part) : nothing}
        ${fact(words().kept, clock(Math.max(recording.duration_s, recording.source_duration_s)))} ${recording.coverage === null ? nothing : fact(words().whole, wholeness(recording))}
        ${fact(words().size, size(recording.size_bytes))} ${cost_dollars === null ? nothing : fact(words().cost, money(cost_dollars))}
      </dl>
      ${recording.problem_coded && editor.hasLine && recording.status !== "DONE" ? html`<p class="warn">${told(problemText, recording.problem_coded)}</p>` : nothing}
      ${missing.length ? gaps(editor, missing) : nothing}
    `,
  )
}

/** @param {string} name @param {unknown} value */
const fact = (name, value) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`

/** @param {Watched} recording */
const wholeness = ({ coverage, gaps, gap_s }) =>
  html`${share(coverage ?? 0)}${gaps ? html` <span class="warn">${words().lacks(gaps, clock(Math.ceil(gap_s)))}</span>` : nothing}`

/** Many are folded: what is below them is wanted more often. @param {Editor} editor @param {Missing[]} missing */
function gaps(editor, missing) {
  const rows = html`<ul class="rows">${missing.map((gap) => gapRow(editor, gap))}</ul>`
  return missing.length > FEW
    ? html`<details class="gaps"><summary>${words().whereGaps}</summary>${rows}</details>`
    : rows
}

/** @param {Editor} editor @param {Missing} gap */
function gapRow(editor, { source, duration_s, cause, why }) {
  const label = html`${words().gap(duration_s, words().causes[cause])} <small class="hint" lang="en">${why}</small>`
  return html`<li class="lost">${source === null ? html`<span>${label}</span>` : placeLink(editor, source, label)}</li>`
}
