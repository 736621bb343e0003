/** The little of a browser that modules ask for when they are loaded: imported before them. */

/** @type {Map<string, string>} */
const kept = new Map()

Object.assign(globalThis, {
  localStorage: {
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value),
  },
  document: { documentElement: { dataset: {} } },
})
Object.defineProperty(globalThis, "navigator", { value: { languages: ["en-GB"] }, configurable: true })
