/** Cuts, markers and clips are made and taken back: one after the other, each with its inverse. */

import { Refusal, recordingPath } from "../../api/api.js"
import {
  afterMaking,
  afterRedoing,
  afterRemoving,
  afterUndoing,
  NOTHING_DONE,
  redoing,
  undoing,
  withoutLastDone,
  withoutLastUndone,
} from "./history.js"

/**
 * @typedef {import("./history.js").Kind} Kind
 * @typedef {import("./history.js").Call} Call
 * @typedef {import("./history.js").Thing} Thing
 * @typedef {import("./history.js").History} History
 * @typedef {import("../timeline/selection.js").Range} Range
 * @typedef {import("../../shell/app.js").App} App
 */

const TIMELINE = "source"
const GONE = new Set(["not_found", "gone"])
const ID = /** @type {const} */ ({ cuts: "cut_id", markers: "marker_id", clips: "clip_id" })

export class Edits {
  /** @type {History} */
  history = NOTHING_DONE
  pending = 0
  /** @type {Promise<unknown>} */
  #last = Promise.resolve()

  /**
   * @param {App} app
   * @param {string} recordingId
   * @param {() => Promise<void>} reload  reads the recording again
   */
  constructor(app, recordingId, reload) {
    this.app = app
    this.path = recordingPath(recordingId)
    this.reload = reload
  }

  get canUndo() {
    return this.history.done.length > 0
  }

  get canRedo() {
    return this.history.undone.length > 0
  }

  /**
   * @template {object} Answer
   * @param {Kind} kind
   * @param {object} body  without the timeline, which is the source's
   * @returns {Promise<Answer | undefined>} undefined where it was refused
   */
  make(kind, body) {
    return this.#next(async () => {
      const asked = { ...body, timeline: TIMELINE }
      /** @type {Answer} */
      const answer = await this.app.api.post(`${this.path}/${kind}`, asked)
      this.history = afterMaking(this.history, { kind, body: asked, id: idIn(kind, answer) })
      return answer
    })
  }

  /** @param {Kind} kind @param {string} id @param {object} body  that makes it again @returns {Promise<boolean | undefined>} */
  remove(kind, id, body) {
    return this.#next(async () => {
      await this.#carryOut({ method: "DELETE", kind, id })
      this.history = afterRemoving(this.history, { kind, body: { ...body, timeline: TIMELINE }, id })
      return true
    })
  }

  /** @returns {Promise<Call | undefined>} what it took, undefined where there was nothing to undo */
  undo() {
    return this.#next(() => this.#retrace(undoing, afterUndoing, withoutLastDone))
  }

  /** @returns {Promise<Call | undefined>} */
  redo() {
    return this.#next(() => this.#retrace(redoing, afterRedoing, withoutLastUndone))
  }

  /**
   * @param {(history: History) => Call | undefined} callOf
   * @param {(history: History, id?: string) => History} after
   * @param {(history: History) => History} without  what can never be done
   */
  async #retrace(callOf, after, without) {
    const call = callOf(this.history)
    if (!call) return undefined
    try {
      this.history = after(this.history, await this.#carryOut(call))
    } catch (error) {
      if (error instanceof Refusal && !error.isUnreachable) this.history = without(this.history)
      throw error
    }
    return call
  }

  /** What another window has removed already is as it should be. @param {Call} call @returns {Promise<string | undefined>} the id of what was made */
  async #carryOut(call) {
    const path = `${this.path}/${call.kind}`
    if (call.method === "POST") return idIn(call.kind, await this.app.api.post(path, call.body))
    try {
      await this.app.api.delete(`${path}/${encodeURIComponent(call.id)}`)
    } catch (error) {
      if (!(error instanceof Refusal && GONE.has(error.code))) throw error
    }
    return undefined
  }

  /** @template Result @param {() => Promise<Result>} work @returns {Promise<Result | undefined>} */
  #next(work) {
    this.pending += 1
    const done = this.#last.then(() => this.#attempt(work))
    this.#last = done.catch(() => {}) // it is thrown to whoever waits for `done`
    return done
  }

  /** @template Result @param {() => Promise<Result>} work */
  async #attempt(work) {
    try {
      return await this.app.attempt(work)
    } finally {
      this.pending -= 1
      await this.app.attempt(this.reload)
    }
  }
}

/** @param {Kind} kind @param {object} answer @returns {string} */
const idIn = (kind, answer) => String(Reflect.get(answer, ID[kind]))
