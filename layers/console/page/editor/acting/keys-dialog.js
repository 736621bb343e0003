/** The list of keys. */

import { html } from "../../packages/lit-html/lit-html.js"
import { closeDialog, dialogView } from "../../shell/dialog.js"
import { words } from "../words.js"
import { KEYS } from "./keys.js"

/** @param {() => void} onClosed */
export const keysDialog = (onClosed) =>
  dialogView({
    title: words().keys,
    onClosed,
    content: html`
      <dl class="keys">
        ${KEYS.map(
          ({ keys, does }) => html`
            <div>
              <dt>${keys.map((key) => html`<kbd>${key === "Space" ? words().space : key}</kbd>`)}</dt>
              <dd>${words().commands[does]}</dd>
            </div>
          `,
        )}
        <div><dt>${words().shiftDrag}</dt><dd>${words().selects}</dd></div>
        <div><dt>${words().controlWheel}</dt><dd>${words().zooms}</dd></div>
      </dl>
      <p class="answers"><button class="main" autofocus @click=${closeDialog}>${words().close}</button></p>
    `,
  })
