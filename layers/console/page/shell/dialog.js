/** What has to be answered or closed before one goes on; the focus goes back to where it was. */

import { ref } from "../packages/lit-html/directives/ref.js"
import { html } from "../packages/lit-html/lit-html.js"

/** @param {{ title: string, content: unknown, onClosed: () => void }} dialog */
export const dialogView = ({ title, content, onClosed }) => html`
  <dialog class="sheet" aria-labelledby="dialog" ${ref(showModal)} @close=${onClosed}>
    <h2 id="dialog">${title}</h2>
    ${content}
  </dialog>
`

/** @param {Event & { currentTarget: HTMLElement }} event  of something in the dialog */
export const closeDialog = ({ currentTarget }) => currentTarget.closest("dialog")?.close()

/** It opens once it is in the page. @param {Element | undefined} element */
export function showModal(element) {
  queueMicrotask(() => {
    if (element instanceof HTMLDialogElement && element.isConnected && !element.open) element.showModal()
  })
}
