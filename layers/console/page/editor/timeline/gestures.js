/** Fingers, mouse and wheel on the timeline: one of them points, two of them pinch. */

/**
 * @typedef {{
 *   point: (part: number, isSelecting: boolean, isFirst: boolean) => void,
 *   zoom: (factor: number, part: number) => void,
 *   pan: (part: number) => void,
 *   hover: (part: number | undefined) => void,
 * }} Does  parts are of the element's width
 */

const LINE_PX = 16
const WHEEL_PX = 400

export class Gestures {
  /** @type {Map<number, number>} Where each finger is, in parts of the width. */
  #fingers = new Map()
  #isSelecting = false

  /** @param {Does} does */
  constructor(does) {
    this.does = does
  }

  /** @param {PointerEvent & { currentTarget: HTMLElement }} event */
  down = (event) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    this.#fingers.set(event.pointerId, partOf(event))
    this.#isSelecting = event.shiftKey
    if (this.#fingers.size === 1) this.does.point(partOf(event), this.#isSelecting, true)
  }

  /** @param {PointerEvent & { currentTarget: HTMLElement }} event */
  move = (event) => {
    const part = partOf(event)
    const before = this.#fingers.get(event.pointerId)
    if (event.pointerType === "mouse" || before !== undefined) this.does.hover(part)
    if (before === undefined) return
    if (this.#fingers.size === 1) this.does.point(part, this.#isSelecting, false)
    else this.#pinch(event.pointerId, before, part)
    this.#fingers.set(event.pointerId, part)
  }

  /** @param {PointerEvent} event */
  up = ({ pointerId, pointerType }) => {
    this.#fingers.delete(pointerId)
    if (pointerType !== "mouse") this.does.hover(undefined)
  }

  leave = () => {
    if (!this.#fingers.size) this.does.hover(undefined)
  }

  /** Not passive: the page itself must not zoom. */
  wheel = {
    passive: false,
    handleEvent: (/** @type {WheelEvent & { currentTarget: HTMLElement }} */ event) => this.#turn(event),
  }

  /** @param {WheelEvent & { currentTarget: HTMLElement }} event */
  #turn(event) {
    const px = event.deltaMode ? LINE_PX : 1
    const along = (event.deltaX || (event.shiftKey ? event.deltaY : 0)) * px
    if (event.ctrlKey) this.does.zoom(Math.exp((event.deltaY * px) / WHEEL_PX), partOf(event))
    else if (along) this.does.pan(along / event.currentTarget.clientWidth)
    if (event.ctrlKey || along) event.preventDefault()
  }

  /** @param {number} moved  which finger @param {number} before @param {number} now */
  #pinch(moved, before, now) {
    const other = [...this.#fingers].find(([finger]) => finger !== moved)?.[1] ?? before
    const [apart, apartNow] = [Math.abs(before - other), Math.abs(now - other)]
    if (apart && apartNow) this.does.zoom(apart / apartNow, other)
  }
}

/** @param {MouseEvent & { currentTarget: HTMLElement }} event */
export function partOf({ clientX, currentTarget }) {
  const { left, width } = currentTarget.getBoundingClientRect()
  return Math.max(0, Math.min(1, (clientX - left) / width))
}
