/** What becomes of a recording as a whole: it is ended, confirmed, deleted, brought back. */

import { recordingPath } from "../../api/api.js"
import { hashOf } from "../../shell/places.js"
import { words } from "../words.js"

/** @typedef {import("../editor.js").Editor} Editor */

export class Lifecycle {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor
    this.app = editor.app
    this.path = recordingPath(editor.id)
  }

  async confirm() {
    if (this.editor.recording?.status === "DONE") return
    if (this.editor.grows) return this.app.tell({ text: words().confirmLater })
    await this.#post("confirm", words().wasConfirmed)
  }

  async stop() {
    const { stopWhat, stopMeans, stop, wasStopped } = words()
    if (await this.app.ask({ title: stopWhat, text: stopMeans, yes: stop })) await this.#post("stop", wasStopped)
  }

  async purgeCuts() {
    const { purgeWhat, purgeMeans, purge, wasPurged } = words()
    if (await this.app.ask({ title: purgeWhat, text: purgeMeans, yes: purge, isGrave: true }))
      await this.#post("purge-cuts", wasPurged)
  }

  async delete() {
    const { deleteWhat, deleteIt, wasDeleted, undo } = words()
    if (this.editor.isDeleted) return
    if (!(await this.app.ask({ title: deleteWhat, text: this.#deleteMeans, yes: deleteIt, isGrave: true }))) return
    await this.app.attempt(async () => {
      await this.app.api.delete(this.path)
      location.assign(hashOf("recordings"))
      this.app.tell({ text: wasDeleted, act: { label: undo, run: () => void this.bringBack() } })
    })
  }

  get #deleteMeans() {
    const { deleteMeans, deleteLive } = words()
    const means = deleteMeans(this.editor.recording?.clips.length ?? 0)
    return this.editor.grows ? `${deleteLive} ${means}` : means
  }

  /** Also when one has left it. */
  async bringBack() {
    await this.app.attempt(async () => {
      await this.app.api.post(`${this.path}/restore`)
      location.assign(hashOf("editor", this.editor.id))
      await this.editor.watch.read()
      this.app.tell({ text: words().wasRestored })
    })
  }

  /** @param {string} what @param {string} said */
  #post(what, said) {
    return this.app.attempt(async () => {
      await this.app.api.post(`${this.path}/${what}`)
      this.app.tell({ text: said })
      await this.editor.watch.read()
    })
  }
}
