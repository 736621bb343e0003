/** Which key does what while one edits: the original's keys, and those that people know from elsewhere. */

/**
 * @typedef {"play" | "back" | "ahead" | "segmentBack" | "segmentAhead" | "frameBack" | "frameAhead" | "begin" | "end"
 *   | "marker" | "cut" | "confirm" | "delete" | "leave" | "undo" | "redo" | "deselect" | "keys"} Command
 * @typedef {Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">} Key
 * @typedef {{ isTyping: boolean, isAsked: boolean, usesArrows: boolean, usesSpace: boolean }} Context
 *   what has the focus: a field, an open dialog, something that is moved by arrows or pressed by space
 */

/** @type {Record<string, Command>} */
const ARROWS = { ArrowLeft: "back", ArrowRight: "ahead", ArrowUp: "segmentAhead", ArrowDown: "segmentBack" }
/** @type {Record<string, Command>} */
const PLAIN = {
  q: "begin",
  e: "end",
  m: "marker",
  ",": "frameBack",
  ".": "frameAhead",
  "?": "keys",
  Escape: "deselect",
}
/** @type {Record<string, Command>} */
const WITH_CONTROL = { d: "cut", f: "confirm", x: "delete", b: "leave", z: "undo", y: "redo" }

/** @type {{ keys: string[], does: Command }[]} What is told to people, in this order. */
export const KEYS = [
  { keys: ["Space"], does: "play" },
  { keys: ["←"], does: "back" },
  { keys: ["→"], does: "ahead" },
  { keys: ["↓"], does: "segmentBack" },
  { keys: ["↑"], does: "segmentAhead" },
  { keys: [","], does: "frameBack" },
  { keys: ["."], does: "frameAhead" },
  { keys: ["Q"], does: "begin" },
  { keys: ["E"], does: "end" },
  { keys: ["Esc"], does: "deselect" },
  { keys: ["Ctrl", "D"], does: "cut" },
  { keys: ["Ctrl", "Z"], does: "undo" },
  { keys: ["Ctrl", "Shift", "Z"], does: "redo" },
  { keys: ["M"], does: "marker" },
  { keys: ["Ctrl", "F"], does: "confirm" },
  { keys: ["Ctrl", "X"], does: "delete" },
  { keys: ["Ctrl", "B"], does: "leave" },
  { keys: ["?"], does: "keys" },
]

/** @param {Key} event @param {Context} context @returns {Command | undefined} undefined where the key is not for us */
export function commandOf(event, context) {
  if (event.altKey || context.isTyping || context.isAsked) return undefined
  if (event.ctrlKey || event.metaKey) return withControl(event)
  if (event.key === " ") return context.usesSpace || event.shiftKey ? undefined : "play"
  if (event.key in ARROWS) return context.usesArrows || event.shiftKey ? undefined : ARROWS[event.key]
  return PLAIN[letterOf(event)]
}

/** ⌘ undoes on a Mac; the original's keys are of Ctrl, as ⌘F and ⌘X mean other things there. @param {Key} event */
function withControl(event) {
  const letter = letterOf(event)
  if (event.shiftKey) return letter === "z" ? "redo" : undefined
  return event.ctrlKey || letter === "z" ? WITH_CONTROL[letter] : undefined
}

/** A keyboard that writes Korean says ㅂ where the key is Q. @param {Key} event */
function letterOf({ key, code }) {
  const isLatin = key.length !== 1 || key.charCodeAt(0) < 128
  return isLatin ? (key.length === 1 ? key.toLowerCase() : key) : code.replace(/^Key/, "").toLowerCase()
}
