/** What is done about a recording, asking first where something ends. */

import { recordingPath } from "../api/api.js"
import { relative } from "../format/times.js"
import { closeMenus } from "../shell/menus.js"
import { focusBack, placeInCards } from "./focus.js"
import { words } from "./words.js"

/**
 * @typedef {import("../shell/app.js").App} App
 * @typedef {import("../api/api.js").Recording} Recording
 * @typedef {import("./standing.js").Act} Act
 */

export class Acts {
  /**
   * @param {App} app
   * @param {(recording: Recording) => void} onChanged  takes it as the API answered it
   */
  constructor(app, onChanged) {
    this.app = app
    this.onChanged = onChanged
  }

  /** @param {Act} act @param {Recording} recording */
  run = async (act, recording) => {
    const place = placeInCards(recording.recording_id)
    closeMenus()
    await this.app.attempt(() => this.#how[act](recording))
    requestAnimationFrame(() => focusBack(recording.recording_id, place))
  }

  /** @type {Record<Act, (recording: Recording) => Promise<void>>} */
  #how = {
    copy: async ({ playlist_url }) => {
      const url = playlist_url ?? ""
      const isCopied = await navigator.clipboard?.writeText(url).then(
        () => true,
        () => false, // the browser, or the person, forbids it
      )
      if (isCopied) this.app.tell({ text: words().copied })
      else prompt(words().copyThis, url)
    },
    stop: async (recording) => {
      const text = words().stopMeans(recording.title)
      if (await this.app.ask({ title: words().stopWhat, text, yes: words().acts.stop, isGrave: true }))
        await this.#post(recording, "stop")
    },
    confirm: async (recording) => {
      await this.#post(recording, "confirm")
      this.app.tell({ text: words().confirmed })
    },
    restore: async (recording) => {
      await this.#post(recording, "restore")
      this.app.tell({ text: words().restored })
    },
    remove: async (recording) => {
      const means = words().removeMeans(recording.title)
      const text = recording.status === "RECORDING" ? `${words().removeLive} ${means}` : means
      if (!(await this.app.ask({ title: words().removeWhat, text, yes: words().acts.remove, isGrave: true }))) return
      const deleted = await this.#delete(recording)
      const undo = { label: words().undo, run: () => this.run("restore", deleted) }
      this.app.tell({ text: removedUntil(deleted), act: undo })
    },
    purge: async (recording) => {
      const text = words().purgeMeans(recording.title)
      if (!(await this.app.ask({ title: words().purgeWhat, text, yes: words().acts.purge, isGrave: true }))) return
      await this.#delete(recording, "?purge=true")
      this.app.tell({ text: words().purged })
    },
  }

  /** @param {Recording} recording @param {string} what */
  async #post({ recording_id }, what) {
    this.onChanged(await this.app.api.post(`${recordingPath(recording_id)}/${what}`))
  }

  /** @param {Recording} recording @param {string} [how] @returns {Promise<Recording>} */
  async #delete({ recording_id }, how = "") {
    /** @type {Recording} */
    const deleted = await this.app.api.delete(recordingPath(recording_id) + how)
    this.onChanged(deleted)
    return deleted
  }
}

/** @param {Recording} recording */
const removedUntil = ({ purge_at }) =>
  purge_at ? words().removedUntil(relative(purge_at, Date.now())) : words().removed
