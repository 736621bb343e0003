/** What is done with what is selected, and how much of the recording is seen. */

import { clock } from "../../format/times.js"
import { html } from "../../packages/lit-html/lit-html.js"
import { icon } from "../../shell/icons.js"
import { endsText, rangeText, words } from "../words.js"
import { rangeOf } from "./selection.js"

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../acting/keys.js").Command} Command
 */

/** @param {Editor} editor */
export const toolsView = (editor) => html`
  <div class="tools" role="group" aria-label=${words().tools}>
    ${button(editor, "begin", "begin", "Q")} ${button(editor, "end", "end", "E")} ${selected(editor)}
    <span class="rest"></span>
    ${button(editor, "marker", "marker", "M")}
    ${iconButton(words().withKey(words().undo, "Ctrl+Z"), "undo", () => editor.acts.run("undo"), !editor.edits.canUndo)}
    ${iconButton(words().withKey(words().redo, "Ctrl+Shift+Z"), "redo", () => editor.acts.run("redo"), !editor.edits.canRedo)}
    ${zooming(editor)}
  </div>
`

/** @param {Editor} editor */
function selected(editor) {
  const range = rangeOf(editor.selection)
  if (!range) return howTo(editor.selection)
  return html`
    <div class="with-range">
      <output class="range">${rangeText(range)} <span class="hint">${whatIsTaken(editor)}</span></output>
      <button class="main" title=${words().withKey(words().cut, "Ctrl+D")} @click=${() => editor.acts.run("cut")}>
        ${icon("cut")}${words().cut}
      </button>
      <button @click=${() => editor.acts.clip()}>${icon("clip")}${words().clip}</button>
      ${iconButton(words().withKey(words().deselect, "Esc"), "close", () => editor.select({}))}
    </div>
  `
}

/** Segments are cut whole. @param {Editor} editor */
const whatIsTaken = ({ taken }) => (taken ? words().cutsThen(endsText(taken)) : words().cutsNothing)

/** @param {import("./selection.js").Selection} selection  that is not whole */
function howTo({ begin, end }) {
  if (begin !== undefined) return html`<output class="hint">${words().nowTheEnd(clock(begin))}</output>`
  if (end !== undefined) return html`<output class="hint">${words().nowTheBegin(clock(end))}</output>`
  return html`<span class="hint howto">${words().howToSelect}</span>`
}

/** @param {Editor} editor */
const zooming = ({ timeline, acts }) => html`
  <span class="zooming">
    ${iconButton(words().zoomOut, "farther", timeline.zoomOut, timeline.isWhole)} ${iconButton(words().zoomIn, "nearer", timeline.zoomIn)}
  </span>
  <span class="for-keys">
    ${iconButton(words().showAll, "all", timeline.showAll, timeline.isWhole)}
    ${iconButton(words().withKey(words().keys, "?"), "keys", () => acts.showKeys())}
  </span>
`

/** @param {Editor} editor @param {"begin" | "end" | "marker"} command @param {"begin" | "end" | "marker"} drawing @param {string} key */
const button = (editor, command, drawing, key) => html`
  <button class=${drawing} title=${words().withKey(words().commands[command], key)} @click=${() => editor.acts.run(command)}>
    ${icon(drawing)}<span>${words().tool[command]}</span>
  </button>
`

/** @param {string} label @param {Parameters<typeof icon>[0]} drawing @param {() => void} run @param {boolean} [isOff]  it keeps the focus all the same */
const iconButton = (label, drawing, run, isOff = false) => html`
  <button class="icon" title=${label} aria-label=${label} aria-disabled=${isOff} @click=${() => !isOff && run()}>${icon(drawing)}</button>
`
