/** One export: how far it is, what came of it, where it is downloaded. */

import { size } from "../../format/amounts.js"
import { problemText } from "../../format/problems.js"
import { clock, dayAndTime } from "../../format/times.js"
import { told } from "../../format/told.js"
import { html, nothing } from "../../packages/lit-html/lit-html.js"
import { icon } from "../../shell/icons.js"
import { rowButton } from "./section.js"
import { words } from "./words.js"

/** @typedef {import("../../api/api.js").Export} Export */

/** @param {Export} made @param {() => void} remove */
export function exportRow(made, remove) {
  const name = `${made.format.toUpperCase()}, ${clock(made.duration_s)}`
  return html`
    <li class="export">
      <div>
        <p>${name} ${made.status === "RUNNING" ? nothing : html`<small class="hint">${standing(made)}</small>`}</p>
        ${isInWork(made) ? progress(made, name) : nothing}
        ${made.problem_coded ? html`<p class="warn">${told(problemText, made.problem_coded)}</p>` : nothing}
        ${made.files.map((file, index) => link(file, made.files.length > 1 ? index + 1 : undefined))}
      </div>
      ${rowButton("remove", words().removeWhat(name), remove)}
    </li>
  `
}

/** @param {Export} made */
const isInWork = ({ status }) => status === "QUEUED" || status === "RUNNING"

/** @param {Export} made */
const standing = ({ status, expires_at }) =>
  status === "DONE" && expires_at ? words().until(dayAndTime(expires_at)) : words().exportStatus[status]

/** @param {Export} made @param {string} name */
const progress = ({ progress_percent }, name) => html`
  <p class="progress">
    <progress max="100" .value=${progress_percent} aria-label=${name}></progress> ${Math.floor(progress_percent)} %
  </p>
`

/** @param {Export["files"][number]} file @param {number | undefined} number */
const link = ({ url, size_bytes, coding }, number) => html`
  <p>
    <a class="button" href=${url} download title=${coding}>
      ${icon("download")}${words().download(number)} <span class="hint">${size(size_bytes)}</span>
    </a>
  </p>
`
