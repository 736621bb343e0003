/** Reads a recording again and again: more often while it is made. */

import { Refusal, recordingPath } from "../api/api.js"
import { keepFresh } from "../shell/keep-fresh.js"
import { refusalText } from "../shell/refusals.js"

/**
 * @typedef {import("../shell/app.js").App} App
 * @typedef {import("../api/api.js").RecordingInFull} Watched
 */

const GROWING_MS = 5_000
const REST_MS = 30_000

export class RecordingWatch {
  /** @type {Watched | undefined} */
  recording
  /** Why there is none. */
  refusal = ""
  /** When it was last seen to have grown. */
  grewAtMs = Date.now()

  #asked = 0
  #isOver = false
  #everyMs = GROWING_MS
  #end

  /** @param {App} app @param {string} recordingId @param {() => void} onRead */
  constructor(app, recordingId, onRead) {
    this.app = app
    this.path = recordingPath(recordingId)
    this.onRead = onRead
    this.#end = keepFresh(() => this.#readTold(), GROWING_MS)
  }

  end() {
    this.#isOver = true
    this.#end()
  }

  /** An answer that an edit has overtaken is not looked at. */
  async read() {
    this.#asked += 1
    const asked = this.#asked
    /** @type {Watched} */
    const recording = await this.app.api.get(this.path)
    if (asked === this.#asked && !this.#isOver) this.#take(recording)
  }

  /** @param {Watched} recording */
  #take(recording) {
    if (recording.source_duration_s !== this.recording?.source_duration_s) this.grewAtMs = Date.now()
    this.recording = recording
    this.#pace(recording.status === "RECORDING" ? GROWING_MS : REST_MS)
    this.onRead()
  }

  /** @param {number} everyMs */
  #pace(everyMs) {
    if (everyMs === this.#everyMs) return
    this.#everyMs = everyMs
    this.#end()
    this.#end = keepFresh(() => this.#readTold(), everyMs)
  }

  async #readTold() {
    try {
      await this.read()
    } catch (error) {
      if (!this.recording && error instanceof Refusal) this.refusal = refusalText(error)
      this.app.changed()
      throw error
    }
  }
}
