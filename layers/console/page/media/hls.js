/** hls.js, fetched when something is to be played for the first time. */

/** @returns {Promise<typeof import("hls.js").default>} */
export async function loadHls() {
  await import("../packages/hls.js/hls.min.js") // it is no module, and leaves its name with the window
  return Hls
}
