import assert from "node:assert/strict"
import { test } from "node:test"
import { edgeOf } from "../page/editor/playing/edge.js"
import { troubleOf, troubleOfElement } from "../page/editor/playing/trouble.js"
import { pictureAt, picturesOf } from "../page/editor/timeline/pictures.js"

const TRACK = `WEBVTT

NOTE
poster 000-0000005000-0000005000.ts

000-0000005031-0000005033.ts
00:01:02.021 --> 01:02:02.021
thumbnails/0001.jpg?4#xywh=160,90,160,90

000-0000005000-0000005000.ts
00:00.000 --> 01:02.021
thumbnails/0001.jpg?4#xywh=0,0,160,90
`

test("a track tells which part of which sheet belongs where", () => {
  const [first, second] = picturesOf(TRACK, "http://127.0.0.1/play/token/thumbnails.vtt")
  assert.equal(first?.begin, 0)
  assert.deepEqual(second, {
    begin: 62.021,
    end: 3722.021,
    url: "http://127.0.0.1/play/token/thumbnails/0001.jpg?4",
    left: 160,
    top: 90,
    width: 160,
    height: 90,
  })
})

test("a track that a Windows editor has saved is read, one of anything else holds nothing", () => {
  assert.equal(picturesOf(TRACK.replaceAll("\n", "\r\n"), "http://127.0.0.1/").length, 2)
  assert.deepEqual(picturesOf("<html>", "http://127.0.0.1/"), [])
})

test("a place has the picture that was taken last before it", () => {
  const pictures = picturesOf(TRACK, "http://127.0.0.1/")
  assert.equal(pictureAt(pictures, 62)?.left, 0)
  assert.equal(pictureAt(pictures, 9999)?.left, 160)
  assert.equal(pictureAt([], 5), undefined)
})

test("where pictures were deleted there are none", () => {
  const at = (/** @type {number} */ begin) => ({
    begin,
    end: begin + 60,
    url: "",
    left: 0,
    top: 0,
    width: 1,
    height: 1,
  })
  const [first, second] = [at(60), at(300)]
  assert.equal(pictureAt([first, second], 59), undefined)
  assert.equal(pictureAt([first, second], 119), first)
  assert.equal(pictureAt([first, second], 120), undefined)
  assert.equal(pictureAt([first, second], 9999), second)
})

test("at the live edge one waits, and after three minutes is told why", () => {
  const facts = { grows: true, isStalled: true, sinceGrown_s: 4 }
  assert.equal(edgeOf(facts), "waiting")
  assert.equal(edgeOf({ ...facts, isStalled: false }), undefined)
  assert.equal(edgeOf({ ...facts, sinceGrown_s: 180 }), "silent")
  assert.equal(edgeOf({ ...facts, grows: false, sinceGrown_s: 999 }), undefined)
})

test("what a player stumbles over is told by what can be done about it", () => {
  assert.equal(troubleOf({ type: "mediaError", details: "bufferAddCodecError" }), "codec")
  assert.equal(troubleOf({ type: "networkError", details: "manifestLoadError", response: { code: 410 } }), "refused")
  assert.equal(troubleOf({ type: "networkError", details: "levelLoadTimeOut" }), "unreachable")
  assert.equal(troubleOf({ type: "mediaError", details: "bufferStalledError" }), "damaged")
  assert.equal(troubleOfElement({ code: 4 }), "codec")
  assert.equal(troubleOfElement(null), "damaged")
})
