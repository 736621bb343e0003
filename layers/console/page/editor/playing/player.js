/** Plays a recording's source, and leaves out what is cut. */

import { skipFrom, spanAt } from "./cut-spans.js"
import { FrameLength } from "./frame-length.js"
import { openSource } from "./source.js"
import { keepVolume, keptVolume } from "./volume.js"

/** @typedef {import("../timeline/selection.js").Range} Range */

const RATES = [1, 1.25, 1.5, 2, 3, 0.5]
const NEAR_S = 0.05
const EDGE_S = 20

export class Player {
  /** @type {HTMLVideoElement | undefined} */
  video
  /** @type {Range[]} What is left out. */
  cuts = []
  /** @type {import("./trouble.js").Trouble | undefined} */
  trouble
  isStalled = false
  isOpen = false

  /** @type {import("./source.js").Source | undefined} */
  #source
  /** @type {Range | undefined} What a person watches although it is cut out. */
  #watched
  #frame = new FrameLength()

  /**
   * @param {() => void} onChanged  something else is to be shown
   * @param {(at: number) => void} onMoved  it is at another place; as often as there are pictures
   */
  constructor(onChanged, onMoved) {
    this.onChanged = onChanged
    this.onMoved = onMoved
  }

  /** Takes the element that it plays in. @param {Element | undefined} element */
  take = (element) => {
    if (!(element instanceof HTMLVideoElement)) return this.close()
    this.video = element
    Object.assign(element, keptVolume())
    this.#frame.watch(element)
  }

  /** @param {string} url @param {number} startAt  seconds; -1 is the live edge */
  async open(url, startAt) {
    if (!this.video) return
    this.isOpen = true
    this.trouble = undefined
    this.#source?.end()
    this.#source = await openSource(this.video, url, startAt, this.#onTrouble)
    if (this.isOpen) this.play()
    else this.#source.end()
  }

  close() {
    this.isOpen = false
    this.#source?.end()
  }

  get at() {
    return this.video?.currentTime ?? 0
  }

  /** What can be played, in seconds. */
  get end() {
    const duration = this.video?.duration ?? 0
    return Number.isFinite(duration) ? duration : this.#seekableEnd
  }

  get isPaused() {
    return this.video?.paused ?? true
  }

  get rate() {
    return this.video?.playbackRate ?? 1
  }

  get isInCut() {
    return Boolean(spanAt(this.cuts, this.at))
  }

  get isAtEdge() {
    return this.end - this.at < EDGE_S
  }

  /** Of the segments, in seconds; none where nobody knows. */
  get starts() {
    return this.#source?.starts() ?? []
  }

  play() {
    // Without a person's click some browsers refuse; the button is there.
    this.video?.play().catch(this.onChanged)
  }

  pause() {
    this.video?.pause()
  }

  playOrPause() {
    if (this.isPaused) this.play()
    else this.pause()
  }

  /** Somebody wants to see just that place, also where it is cut out. @param {number} at */
  seek(at) {
    if (!this.video) return
    const place = Math.max(0, Math.min(at, this.end))
    this.#watched = spanAt(this.cuts, place)
    this.#go(place)
  }

  /** @param {number} seconds */
  seekBy(seconds) {
    this.seek(this.at + seconds)
  }

  /** @param {1 | -1} way */
  stepFrame(way) {
    this.pause()
    this.seekBy(way * this.#frame.seconds)
  }

  goLive() {
    this.seek(this.#source?.liveEdge() ?? this.end - EDGE_S / 2)
    this.play()
  }

  /** From now on these are left out, also of what is watched just now. @param {Range[]} cuts */
  leaveOut(cuts) {
    this.cuts = cuts
    this.#watched = this.#watched && spanAt(cuts, this.#watched.begin)
  }

  /** Goes on behind what was cut just now. */
  leaveCut() {
    this.#watched = undefined
    this.#skip()
  }

  nextRate() {
    if (this.video) this.video.playbackRate = RATES[(RATES.indexOf(this.rate) + 1) % RATES.length] ?? 1
  }

  /** @param {{ volume?: number, muted?: boolean }} volume */
  setVolume(volume) {
    if (this.video) keepVolume(Object.assign(this.video, volume))
  }

  /** The element's own events. @param {Event} event */
  onEvent = ({ type }) => {
    if (type === "waiting") this.isStalled = true
    if (type === "playing" || type === "canplay" || type === "pause") this.isStalled = false
    if (type === "playing") this.trouble = undefined
    if (type === "play") this.#run()
    this.#move()
    this.onChanged()
  }

  #run = () => {
    this.#move()
    if (!this.isPaused) requestAnimationFrame(this.#run)
  }

  #move() {
    if (!this.isPaused) this.#skip()
    if (!this.isInCut) this.#watched = undefined
    this.onMoved(this.at)
  }

  #skip() {
    const behind = skipFrom(this.cuts, this.at, this.#watched)
    if (behind === undefined || this.video?.seeking) return
    const place = Math.min(behind, this.end)
    if (place > this.at + NEAR_S) this.#go(place)
  }

  /** @param {number} at */
  #go(at) {
    if (this.video) this.video.currentTime = at
    this.onMoved(at)
    this.onChanged()
  }

  get #seekableEnd() {
    const ranges = this.video?.seekable
    return ranges?.length ? ranges.end(ranges.length - 1) : 0
  }

  #onTrouble = (/** @type {import("./trouble.js").Trouble} */ trouble) => {
    this.trouble = trouble
    this.onChanged()
  }
}
