/** Asks again and again while somebody looks at the page, and at once when they come back to it. */

const LONGEST_PAUSE_MS = 60_000

/**
 * @param {() => Promise<void>} load  tells of its own errors; one that is thrown makes the pause longer
 * @param {number} everyMs
 * @returns {() => void} ends it
 */
export function keepFresh(load, everyMs) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  let failures = 0
  let ended = false
  let asking = false

  async function ask() {
    clearTimeout(timer)
    if (ended || asking || document.hidden) return
    asking = true
    failures = await load().then(
      () => 0,
      () => failures + 1,
    )
    asking = false
    if (!ended) timer = setTimeout(ask, pauseMs(everyMs, failures))
  }

  document.addEventListener("visibilitychange", ask)
  void ask()
  return () => {
    ended = true
    clearTimeout(timer)
    document.removeEventListener("visibilitychange", ask)
  }
}

/**
 * @param {number} everyMs
 * @param {number} failures  in a row
 */
export const pauseMs = (everyMs, failures) => Math.min(everyMs * 2 ** failures, Math.max(everyMs, LONGEST_PAUSE_MS))
