/** Sizes, shares and money, in the language that the page speaks. */

import { language } from "../shell/language.js"

const UNITS = /** @type {const} */ (["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"])

/** `3.8 GB`; a kilobyte is 1,000 bytes. @param {number} bytes */
export function size(bytes) {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1)
  const shown = { style: /** @type {const} */ ("unit"), unit: UNITS[power], maximumFractionDigits: power > 2 ? 1 : 0 }
  return new Intl.NumberFormat(language(), shown).format(bytes / 1000 ** power)
}

/** `99.9 %`; 100 only where nothing is missing. @param {number} part  from 0 to 1 */
export function share(part) {
  const tenths = part === 1 ? 1000 : Math.min(Math.floor(part * 1000), 999)
  return new Intl.NumberFormat(language(), { style: "percent", maximumFractionDigits: 1 }).format(tenths / 1000)
}

/** `$0.03`; what is below a cent is said as less than one. @param {number} dollars */
export function money(dollars) {
  const cents = new Intl.NumberFormat(language(), { style: "currency", currency: "USD" })
  return dollars > 0 && dollars < 0.01 ? `< ${cents.format(0.01)}` : cents.format(dollars)
}
