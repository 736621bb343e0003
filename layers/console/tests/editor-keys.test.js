import assert from "node:assert/strict"
import { test } from "node:test"
import { commandOf, KEYS } from "../page/editor/acting/keys.js"

const nowhere = { isTyping: false, isAsked: false, usesArrows: false, usesSpace: false }

/** @param {string} key @param {Partial<KeyboardEvent>} [held] @param {Partial<typeof nowhere>} [context] */
const pressed = (key, held = {}, context = {}) =>
  commandOf(
    { key, code: "", ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held },
    { ...nowhere, ...context },
  )

const control = { ctrlKey: true }

test("the original's keys do what they did", () => {
  const does = [" ", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "q", "e", "m"].map((key) => pressed(key))
  assert.deepEqual(does, ["play", "back", "ahead", "segmentAhead", "segmentBack", "begin", "end", "marker"])
  const controlled = ["d", "f", "x", "b"].map((key) => pressed(key, control))
  assert.deepEqual(controlled, ["cut", "confirm", "delete", "leave"])
})

test("steps are undone and done again", () => {
  assert.equal(pressed("z", control), "undo")
  assert.equal(pressed("Z", { ctrlKey: true, shiftKey: true }), "redo")
  assert.equal(pressed("z", { metaKey: true }), "undo")
})

test("a keyboard that writes Korean has the same keys", () => {
  assert.equal(pressed("ㅂ", { code: "KeyQ" }), "begin")
  assert.equal(pressed("ㅇ", { code: "KeyD", ctrlKey: true }), "cut")
  assert.equal(pressed("Q", { code: "KeyQ" }), "begin")
})

test("another layout's letters are what is written on the keys", () => {
  assert.equal(pressed("q", { code: "KeyA" }), "begin")
})

test("who types, or is asked something, types", () => {
  assert.equal(pressed("q", {}, { isTyping: true }), undefined)
  assert.equal(pressed("x", control, { isTyping: true }), undefined)
  assert.equal(pressed(" ", {}, { isAsked: true }), undefined)
})

test("what has the focus keeps the keys that it needs, and only these", () => {
  assert.equal(pressed(" ", {}, { usesSpace: true }), undefined)
  assert.equal(pressed("ArrowLeft", {}, { usesArrows: true }), undefined)
  assert.equal(pressed("q", {}, { usesSpace: true, usesArrows: true }), "begin")
})

test("the browser keeps its own keys", () => {
  assert.equal(pressed("x", { metaKey: true }), undefined)
  assert.equal(pressed("ArrowLeft", { altKey: true }), undefined)
  assert.equal(pressed("r", control), undefined)
  assert.equal(pressed("f", { ctrlKey: true, shiftKey: true }), undefined)
})

test("each key that people are told of does what they are told", () => {
  const written = new Map([
    ["Space", " "],
    ["←", "ArrowLeft"],
    ["→", "ArrowRight"],
    ["↑", "ArrowUp"],
    ["↓", "ArrowDown"],
    ["Esc", "Escape"],
  ])
  for (const { keys, does } of KEYS) {
    const key = keys.at(-1) ?? ""
    const held = { ctrlKey: keys.includes("Ctrl"), shiftKey: keys.includes("Shift") }
    assert.equal(pressed(written.get(key) ?? key.toLowerCase(), held), does)
  }
})
