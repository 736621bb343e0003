/** Light, dark, or as the system has it: `data-theme` of the document, for styles/tokens.css. */

/** @typedef {"system" | "light" | "dark"} Theme */

const KEPT_AS = "mntreamer.theme"
/** @type {Record<Theme, Theme>} What comes after each when it is pressed. */
const AFTER = { system: "light", light: "dark", dark: "system" }

/** @returns {Theme} */
export const theme = () => themeOf(localStorage.getItem(KEPT_AS))

export function restoreTheme() {
  document.documentElement.dataset.theme = theme()
}

export function nextTheme() {
  localStorage.setItem(KEPT_AS, AFTER[theme()])
  restoreTheme()
}

/** @param {string | null} kept @returns {Theme} */
const themeOf = (kept) => (kept === "light" || kept === "dark" ? kept : "system")
