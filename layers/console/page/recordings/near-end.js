/** Calls when an element comes near the window, so that more is there before somebody gets to it. */

const AHEAD = "600px"

export class NearEnd {
  /** @type {Element | undefined} */
  #element
  #watch

  /** @param {() => void} reached */
  constructor(reached) {
    const isNear = (/** @type {IntersectionObserverEntry[]} */ seen) => seen.some((entry) => entry.isIntersecting)
    this.#watch = new IntersectionObserver((seen) => isNear(seen) && reached(), { rootMargin: AHEAD })
  }

  /** Which element it is; for lit's `ref`. */
  is = (/** @type {Element | undefined} */ element) => {
    this.#element = element
    this.lookAgain()
  }

  /** Calls again where it still is near. */
  lookAgain() {
    this.#watch.disconnect()
    if (this.#element) this.#watch.observe(this.#element)
  }
}
