/** Whether all is well, and in words what is not. */

import { told } from "../format/told.js"
import { html, nothing } from "../packages/lit-html/lit-html.js"
import { findingText } from "./findings.js"
import { keepFresh } from "./keep-fresh.js"
import { inLanguages } from "./language.js"

const EVERY_MS = 30_000

const words = inLanguages({
  en: {
    ok: "All is well",
    problems: (/** @type {number} */ count) => (count === 1 ? "1 problem" : `${count} problems`),
    silent: "The server does not answer",
  },
  ko: {
    ok: "모두 정상입니다",
    problems: (/** @type {number} */ count) => `문제 ${count}건`,
    silent: "서버가 응답하지 않습니다",
  },
})

export class HealthWatch {
  /** @type {import("../api/api.js").Finding[] | undefined} Undefined before the server's first answer. */
  problems
  isSilent = false
  #end = () => {}
  #runs = false

  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app
  }

  begin() {
    if (this.#runs) return
    this.#runs = true
    this.#end = keepFresh(() => this.#load(), EVERY_MS)
  }

  end() {
    this.#runs = false
    this.#end()
  }

  async #load() {
    try {
      /** @type {import("../api/api.js").Health} */
      const health = await this.app.api.get("/health")
      this.problems = health.problems_coded
      this.isSilent = false
    } catch (error) {
      this.isSilent = true
      throw error
    } finally {
      this.app.changed()
    }
  }
}

/** @param {HealthWatch} health */
export function healthLight({ problems, isSilent }) {
  if (isSilent) return html`<span class="health bad" role="status">${words().silent}</span>`
  if (!problems) return nothing
  if (!problems.length)
    return html`<span class="health ok" title=${words().ok}><span class="unseen">${words().ok}</span></span>`
  return html`
    <details class="health bad">
      <summary>${words().problems(problems.length)}</summary>
      <ul>${problems.map((problem) => html`<li>${told(findingText, problem)}</li>`)}</ul>
    </details>
  `
}
