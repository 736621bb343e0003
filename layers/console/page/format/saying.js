/** What the server tells in a sentence, in the reader's language: by its code, else as the server says it. */

import { dayAndTime } from "./times.js"

/**
 * @template {string} Code
 * @template {{ code: Code, text: string }} Reason
 * @param {Record<Code, (reason: Reason) => string>} sayings  a newer server may know more codes
 * @param {Reason} reason
 */
export const saying = (sayings, reason) => sayings[reason.code]?.(reason) ?? reason.text

/** A moment that a sentence may have. @param {string | undefined} iso */
export const moment = (iso) => (iso ? dayAndTime(iso) : "")
