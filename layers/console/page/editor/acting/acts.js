/** What a person does here, by key or by button, and what is said of it. */

import { clock } from "../../format/times.js"
import { hashOf } from "../../shell/places.js"
import { beginAt, endAt, rangeOf } from "../timeline/selection.js"
import { rangeText, words } from "../words.js"
import { clipForm } from "./clip-form.js"
import { keysDialog } from "./keys-dialog.js"
import { Lifecycle } from "./lifecycle.js"

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../../api/api.js").Cut} Cut
 * @typedef {import("../../api/api.js").Clip} Clip
 * @typedef {import("../../api/api.js").Marker} Marker
 * @typedef {import("../../api/schema.d.ts").components["schemas"]["Removal"]} Removal
 */

const SKIP_S = 10
const USUAL_SEGMENT_S = 6

export class Acts {
  /** @type {unknown} What has to be answered or closed first. */
  dialog

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor
    this.lifecycle = new Lifecycle(editor)
  }

  /** @param {import("./keys.js").Command} command */
  run(command) {
    this.#commands[command]()
  }

  /** @type {Record<import("./keys.js").Command, () => void>} */
  #commands = {
    play: () => this.editor.player.playOrPause(),
    back: () => this.editor.player.seekBy(-SKIP_S),
    ahead: () => this.editor.player.seekBy(SKIP_S),
    segmentBack: () => this.editor.player.seekBy(-this.#segment_s),
    segmentAhead: () => this.editor.player.seekBy(this.#segment_s),
    frameBack: () => this.editor.player.stepFrame(-1),
    frameAhead: () => this.editor.player.stepFrame(1),
    begin: () => this.editor.select(beginAt(this.editor.selection, this.editor.player.at)),
    end: () => this.editor.select(endAt(this.editor.selection, this.editor.player.at)),
    deselect: () => this.editor.select({}),
    marker: () => void this.mark(),
    cut: () => void this.cut(),
    undo: () => void this.undo(),
    redo: () => void this.redo(),
    confirm: () => void this.lifecycle.confirm(),
    delete: () => void this.lifecycle.delete(),
    leave: () => void location.assign(hashOf("recordings")),
    keys: () => this.showKeys(),
  }

  async cut() {
    const range = this.#range()
    if (!range) return
    this.editor.select({})
    /** @type {Removal | undefined} */
    const removal = await this.editor.edits.make("cuts", range)
    if (!removal) return this.#selectAgain(range)
    this.editor.player.leaveCut()
    this.#tellWithUndo(words().wasCut(rangeText(removal.removed.source), removal.segments))
  }

  /** @param {Cut} cut */
  async uncut({ cut_id, source }) {
    if (!source) return
    const { begin, end } = source
    if (await this.editor.edits.remove("cuts", cut_id, { begin, end }))
      this.#tellWithUndo(words().isBack(rangeText(source)))
  }

  async mark() {
    const { player, edits, recording } = this.editor
    const at = player.at
    const label = words().markerNamed((recording?.markers.length ?? 0) + 1)
    if (await edits.make("markers", { at, label })) this.#tellWithUndo(words().wasMarked(clock(at)))
  }

  /** @param {Marker} marker */
  async unmark({ marker_id, source, label }) {
    if (await this.editor.edits.remove("markers", marker_id, { at: source, label }))
      this.#tellWithUndo(words().wasRemoved(label))
  }

  clip() {
    const range = this.#range()
    if (range)
      this.#open(
        clipForm(
          range,
          (title) => void this.#clip(range, title),
          () => this.#close(),
        ),
      )
  }

  /** @param {Clip} clip */
  async unclip({ clip_id, title, source }) {
    const { app, edits, panel } = this.editor
    const { unclipWhat, unclipMeans, remove } = words()
    const isShared = panel.shares.all.some((share) => share.clip_id === clip_id)
    if (isShared && !(await app.ask({ title: unclipWhat(title), text: unclipMeans, yes: remove, isGrave: true })))
      return
    if (await edits.remove("clips", clip_id, { ...source, title })) this.#tellWithUndo(words().wasRemoved(title))
  }

  async undo() {
    const call = await this.editor.edits.undo()
    if (call)
      this.editor.app.tell({ text: words().undid(call), act: { label: words().redo, run: () => this.run("redo") } })
  }

  async redo() {
    const call = await this.editor.edits.redo()
    if (call) this.#tellWithUndo(words().redid(call))
  }

  showKeys() {
    this.#open(keysDialog(() => this.#close()))
  }

  /** What is selected; where that is not whole, it is said how to. */
  #range() {
    const range = rangeOf(this.editor.selection)
    if (!range) this.editor.app.tell({ text: words().selectFirst })
    return range
  }

  /** @param {import("../timeline/selection.js").Range} range @param {string} title */
  async #clip(range, title) {
    if (!(await this.editor.edits.make("clips", { ...range, title }))) return
    this.editor.select({})
    this.#tellWithUndo(words().wasClipped(title))
  }

  /** It was refused; who meanwhile selected something else keeps that. @param {import("../timeline/selection.js").Range} range */
  #selectAgain(range) {
    if (!rangeOf(this.editor.selection)) this.editor.select(range)
  }

  /** @param {string} text */
  #tellWithUndo(text) {
    this.editor.app.tell({ text, act: { label: words().undo, run: () => this.run("undo") } })
  }

  /** @param {unknown} dialog */
  #open(dialog) {
    this.dialog = dialog
    this.editor.changed()
  }

  #close() {
    this.#open(undefined)
  }

  get #segment_s() {
    return this.editor.recording?.target_duration_s ?? USUAL_SEGMENT_S
  }
}
