/** Hours of the week, as rows of days and times. */

import { html, nothing } from "../packages/lit-html/lit-html.js"
import { icon } from "../shell/icons.js"
import { DAYS, toggled } from "./filter-draft.js"
import { words } from "./recording-form-words.js"
import { dayName } from "./usual-starts.js"

/**
 * @typedef {import("./filter-draft.js").Hours} Hours
 * @typedef {Event & { currentTarget: HTMLInputElement }} Typed
 */

const EVENINGS = { begin: "18:00", end: "00:00" }
const MOST = 20

/**
 * @param {Hours[]} all
 * @param {(change: (all: Hours[]) => Hours[]) => void} change  is told what becomes of those that there are then, as
 *   people may press two things before anything is drawn anew
 */
export const hoursFields = (all, change) => html`
  <fieldset>
    <legend>${words().hours}</legend>
    ${all.map((hours, index) =>
      row(
        hours,
        (of) => change((now) => now.map((one, at) => (at === index ? { ...one, ...of(one) } : one))),
        () => change((now) => now.toSpliced(index, 1)),
      ),
    )}
    <button type="button" ?disabled=${all.length >= MOST}
      @click=${() => change((now) => [...now, { ...EVENINGS, days: [...DAYS] }])}>
      ${icon("add")}${words().addHours}
    </button>
    ${all.length ? html`<p class="hint">${words().hoursHint}</p>` : nothing}
  </fieldset>
`

/** @param {Hours} hours @param {(of: (hours: Hours) => Partial<Hours>) => void} change @param {() => void} onRemoved */
const row = (hours, change, onRemoved) => html`
  <div class="hours" role="group" aria-label=${words().oneOfHours}>
    <div class="days">
      ${DAYS.map(
        (day, index) => html`
          <label>
            <input type="checkbox" .checked=${hours.days.includes(day)}
              @change=${() => change(({ days }) => ({ days: toggled(days, day) }))} />
            ${dayName(index)}
          </label>
        `,
      )}
      <button type="button" class="icon" title=${words().removeHours} aria-label=${words().removeHours} @click=${onRemoved}>
        ${icon("remove")}
      </button>
    </div>
    ${time(words().from, hours.begin, (begin) => change(() => ({ begin })))}
    ${time(words().to, hours.end, (end) => change(() => ({ end })))}
  </div>
`

/** @param {string} label @param {string} value  `18:00` @param {(value: string) => void} onChanged */
const time = (label, value, onChanged) => html`
  <label>
    ${label}
    <input type="time" required .value=${value}
      @change=${(/** @type {Typed} */ { currentTarget: input }) => input.value && onChanged(input.value)} />
  </label>
`
