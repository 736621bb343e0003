/** Asks for a clip's title. */

import { html } from "../../packages/lit-html/lit-html.js"
import { closeDialog, dialogView } from "../../shell/dialog.js"
import { rangeText, words } from "../words.js"

const LONGEST_TITLE = 200

/** @param {import("../timeline/selection.js").Range} range @param {(title: string) => void} onTitle @param {() => void} onClosed */
export function clipForm(range, onTitle, onClosed) {
  const submit = (/** @type {SubmitEvent & { currentTarget: HTMLFormElement }} */ event) => {
    event.preventDefault()
    onTitle(String(new FormData(event.currentTarget).get("title")).trim())
    closeDialog(event)
  }
  const content = html`
    <form @submit=${submit}>
      <p class="hint">${rangeText(range)}</p>
      <label>${words().clipTitle}<input name="title" required maxlength=${LONGEST_TITLE} pattern=".*\\S.*" autocomplete="off" autofocus /></label>
      <p class="answers">
        <button type="button" @click=${closeDialog}>${words().cancel}</button>
        <button class="main">${words().makeClip}</button>
      </p>
    </form>
  `
  return dialogView({ title: words().makeClip, content, onClosed })
}
