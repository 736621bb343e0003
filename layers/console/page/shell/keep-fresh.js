/** Asks again and again while somebody looks at the page, and at once when they or the server come back. */

const LONGEST_PAUSE_MS = 15_000
/** @type {Set<() => void>} Those that got no answer: when one of them gets one, it is worth asking for all. */
const unanswered = new Set()

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
    if (ended) return
    timer = setTimeout(ask, pauseMs(everyMs, failures))
    if (failures) unanswered.add(ask)
    else if (unanswered.delete(ask)) for (const other of [...unanswered]) other()
  }

  document.addEventListener("visibilitychange", ask)
  void ask()
  return () => {
    ended = true
    clearTimeout(timer)
    unanswered.delete(ask)
    document.removeEventListener("visibilitychange", ask)
  }
}

/**
 * @param {number} everyMs
 * @param {number} failures  in a row
 */
export const pauseMs = (everyMs, failures) => Math.min(everyMs * 2 ** failures, Math.max(everyMs, LONGEST_PAUSE_MS))
