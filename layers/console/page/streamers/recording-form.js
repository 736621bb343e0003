/** The dialog in which a person says what of a streamer is recorded, and how. */

import { html, nothing } from "../packages/lit-html/lit-html.js"
import { closeDialog, dialogView } from "../shell/dialog.js"
import { refusalText } from "../shell/refusals.js"
import { changesOf, doubtAbout, draftOf, TEXTS } from "./filter-draft.js"
import { hoursFields } from "./hours-fields.js"
import { words } from "./recording-form-words.js"

/**
 * @typedef {import("../shell/app.js").App} App
 * @typedef {import("../api/api.js").Streamer} Streamer
 * @typedef {import("../api/api.js").StreamerChanges} StreamerChanges
 * @typedef {import("./filter-draft.js").Draft} Draft
 * @typedef {import("./filter-draft.js").TextsName} TextsName
 */

const LONGEST_TEXTS = 4000
const RECORDERS = [null, 1, 2]
const SCHEDULES = /** @type {Draft["schedule"][]} */ ([null, "learned", "stepped"])

export class RecordingForm {
  #draft
  #refusal = ""
  #isBusy = false

  /**
   * @param {App} app
   * @param {Streamer} streamer  as it was when the dialog was opened: no later look overwrites what is typed
   * @param {(changes: StreamerChanges) => Promise<void>} onWished
   * @param {() => void} onClosed
   */
  constructor(app, streamer, onWished, onClosed) {
    this.app = app
    this.streamer = streamer
    this.onWished = onWished
    this.onClosed = onClosed
    this.#draft = draftOf(streamer)
  }

  view() {
    return dialogView({
      title: words().titleOf(this.streamer.channel_name),
      onClosed: this.onClosed,
      content: html`
        <form class="what-to-record" @submit=${this.#submit}>
          ${this.#which()} ${this.#what()} ${this.#how()}
          ${this.streamer.recording_id ? html`<p class="hint">${words().recordingHint}</p>` : nothing}
          <p class="bad" role="alert" ?hidden=${!this.#refusal}>${this.#refusal}</p>
          <p class="answers">
            <button type="button" @click=${closeDialog}>${words().cancel}</button>
            <button class="main" ?disabled=${this.#isBusy}>${words().save}</button>
          </p>
        </form>
      `,
    })
  }

  #which() {
    const { isSome } = this.#draft
    return html`
      <fieldset>
        <legend>${words().which}</legend>
        ${choice("which", words().all, !isSome, () => this.#set({ isSome: false }))}
        ${choice("which", words().some, isSome, () => this.#set({ isSome: true }))}
        ${isSome ? this.#conditions() : nothing}
      </fieldset>
    `
  }

  #conditions() {
    return html`
      <div class="conditions">
        <p class="hint" id="conditions">${words().conditionsHint}</p>
        ${TEXTS.map((name) => this.#textsField(name))}
        ${hoursFields(this.#draft.hours, (change) => this.#set({ hours: change(this.#draft.hours) }))}
      </div>
    `
  }

  /** Taken once it is left: a Korean letter that is not finished yet stays as it is. @param {TextsName} name */
  #textsField(name) {
    const { label, example } = words().texts[name]
    const take = (/** @type {Event & { currentTarget: HTMLTextAreaElement }} */ { currentTarget: { value } }) =>
      this.#set({ texts: { ...this.#draft.texts, [name]: value } })
    return html`
      <label>
        ${label}
        <textarea rows="1" maxlength=${LONGEST_TEXTS} placeholder=${example} aria-describedby="conditions"
          .value=${this.#draft.texts[name]} @change=${take}></textarea>
      </label>
    `
  }

  #what() {
    const { isToldOnly } = this.#draft
    return html`
      <fieldset>
        <legend>${words().what}</legend>
        ${choice("what", words().record, !isToldOnly, () => this.#set({ isToldOnly: false }))}
        ${choice("what", words().tell, isToldOnly, () => this.#set({ isToldOnly: true }))}
        ${isToldOnly ? html`<p class="hint">${words().tellHint}</p>` : nothing}
      </fieldset>
    `
  }

  /** What few ever want to say. */
  #how() {
    const { recorders, schedule } = this.streamer
    return html`
      <details ?open=${recorders !== null || schedule !== null}>
        <summary>${words().more}</summary>
        ${select(words().recorders, RECORDERS, this.#draft.recorders, (chosen) => this.#set({ recorders: chosen }))}
        ${select(words().schedule, SCHEDULES, this.#draft.schedule, (chosen) => this.#set({ schedule: chosen }))}
      </details>
    `
  }

  /** @param {Partial<Draft>} said */
  #set(said) {
    this.#draft = { ...this.#draft, ...said }
    this.#refusal = ""
    this.app.changed()
  }

  #submit = async (/** @type {SubmitEvent & { currentTarget: HTMLFormElement }} */ event) => {
    event.preventDefault()
    const dialog = event.currentTarget.closest("dialog")
    const doubt = doubtAbout(this.#draft)
    this.#refusal = doubt ? words().doubts[doubt] : await this.#refusalOf(changesOf(this.streamer, this.#draft))
    if (this.#refusal) this.app.changed()
    else dialog?.close()
  }

  /** @param {StreamerChanges} changes @returns {Promise<string>} nothing where they were made */
  async #refusalOf(changes) {
    if (!Object.keys(changes).length) return ""
    this.#isBusy = true
    this.app.changed()
    try {
      await this.onWished(changes)
      return ""
    } catch (error) {
      return refusalText(error)
    } finally {
      this.#isBusy = false
    }
  }
}

/** @param {string} name @param {string} label @param {boolean} isChosen @param {() => void} onChosen */
const choice = (name, label, isChosen, onChosen) => html`
  <label class="choice"><input type="radio" name=${name} ?checked=${isChosen} @change=${onChosen} />${label}</label>
`

/**
 * @template Value
 * @param {{ label: string, choices: string[] }} words  a choice for each value
 * @param {Value[]} values
 * @param {Value} chosen
 * @param {(value: Value) => void} onChosen
 */
function select({ label, choices }, values, chosen, onChosen) {
  const take = (/** @type {Event & { currentTarget: HTMLSelectElement }} */ { currentTarget }) => {
    onChosen(/** @type {Value} */ (values[currentTarget.selectedIndex]))
  }
  return html`
    <label>
      ${label}
      <select @change=${take}>
        ${values.map((value, index) => html`<option ?selected=${value === chosen}>${choices[index]}</option>`)}
      </select>
    </label>
  `
}
