import "./a-browser.js"
import assert from "node:assert/strict"
import { test } from "node:test"

const { inLanguages, language, languageOf, speak } = await import("../page/shell/language.js")

test("what was chosen comes before what the browser prefers", () => {
  assert.equal(languageOf("ko", ["en-US"]), "ko")
  assert.equal(languageOf(null, ["fr-FR", "ko-KR", "en"]), "ko")
  assert.equal(languageOf("xx", ["fr"]), "en")
})

test("words follow the language that is spoken, and it is remembered", () => {
  const words = inLanguages({ en: "cut", ko: "자르기" })
  assert.equal(words(), "cut")
  speak("ko")
  assert.equal(words(), "자르기")
  assert.equal(languageOf(localStorage.getItem("mntreamer.language"), ["en"]), language())
  speak("en")
})
