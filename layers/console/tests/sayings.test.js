import "./a-browser.js"
import assert from "node:assert/strict"
import { readFile } from "node:fs/promises"
import { test } from "node:test"

const { speak } = await import("../page/shell/language.js")
const { problemText } = await import("../page/format/problems.js")
const { findingText } = await import("../page/shell/findings.js")
const { checkReasonText } = await import("../page/streamers/check-reasons.js")

/** @typedef {{ properties: Record<string, any>, enum: string[] }} Schema */

const DOCUMENT = new URL("../../core/python/mntreamer/api/document/openapi_parts/reasons.json", import.meta.url)
/** @type {{ schemas: Record<"Problem" | "ProblemCode" | "ProblemValues" | "CheckReason" | "Finding", Schema> }} */
const { schemas } = JSON.parse(await readFile(DOCUMENT, "utf8"))
const TEXT = "the server’s own words"
const HANGUL = /[가-힣]/

/** @param {Schema} schema  A value for each that there may be. */
const valuesOf = ({ properties }) =>
  Object.fromEntries(
    Object.entries(properties).map(([name, { type, $ref }], index) => [
      name,
      $ref ? "2026-11-22T03:00:00.000Z" : type === "integer" ? 7 + index : `<${name}>`,
    ]),
  )

/** @type {[string, string[], Schema, (reason: any) => string][]} */
const KINDS = [
  ["problem", schemas.ProblemCode.enum, schemas.ProblemValues, problemText],
  [
    "reason of a check",
    schemas.CheckReason.properties.code.enum,
    schemas.CheckReason.properties.values,
    checkReasonText,
  ],
  ["finding", schemas.Finding.properties.code.enum, schemas.Finding.properties.values, findingText],
]

for (const [kind, codes, schema, textOf] of KINDS)
  for (const code of codes)
    test(`the ${kind} ${code} is said in both languages`, () => {
      const reason = { code, text: TEXT, values: valuesOf(schema) }
      const [english, korean] = /** @type {const} */ (["en", "ko"]).map((language) => {
        speak(language)
        return textOf(reason)
      })
      speak("en")
      for (const said of [english, korean]) {
        assert.ok(said)
        assert.doesNotMatch(said, /undefined|Invalid/)
      }
      if (code === "error") return assert.equal(korean, TEXT)
      assert.match(korean ?? "", HANGUL)
      assert.doesNotMatch(english ?? "", HANGUL)
      assert.notEqual(english, TEXT)
    })

test("what a sentence quotes is said in the same language", () => {
  speak("ko")
  const cause = { code: "store_full", text: "No space left on device", values: {} }
  const problem = /** @type {any} */ ({ code: "recorders_in_vain", text: TEXT, values: { launches: 6 }, cause })
  assert.match(problemText(problem), /6번 연속.*저장 공간이 부족합니다: No space left on device$/)
  speak("en")
})

test("a code that only a newer server knows is said as the server says it", () => {
  speak("ko")
  const unheard = /** @type {any} */ ({ code: "unheard_of", text: TEXT, values: {} })
  assert.equal(problemText(unheard), TEXT)
  assert.equal(findingText(unheard), TEXT)
  assert.equal(checkReasonText(unheard), TEXT)
  speak("en")
})
