/** What is around each page: where one can go, what happened just now, what has to be answered first. */

import { ref } from "../packages/lit-html/directives/ref.js"
import { html, nothing } from "../packages/lit-html/lit-html.js"
import { showModal } from "./dialog.js"
import { healthLight } from "./health.js"
import { icon } from "./icons.js"
import { inLanguages, language, languages, speak } from "./language.js"
import { hashOf } from "./places.js"
import { nextTheme, theme } from "./theme.js"

/**
 * @typedef {import("./app.js").App} App
 * @typedef {import("./app.js").Page} Page
 * @typedef {import("./language.js").Language} Language
 */

const words = inLanguages({
  en: {
    skip: "To the content",
    pages: "Pages",
    streamers: "Streamers",
    recordings: "Recordings",
    theme: { system: "Colours as the system has them", light: "Light colours", dark: "Dark colours" },
    language: "Language",
    logOut: "Log out",
    close: "Close",
    no: "Cancel",
  },
  ko: {
    skip: "본문으로",
    pages: "페이지",
    streamers: "스트리머",
    recordings: "녹화",
    theme: { system: "시스템 테마", light: "라이트 테마", dark: "다크 테마" },
    language: "언어",
    logOut: "로그아웃",
    close: "닫기",
    no: "취소",
  },
})

const THEME_ICONS = /** @type {const} */ ({ system: "contrast", light: "sun", dark: "moon" })

/** @param {App} app @param {Page} page */
export const shell = (app, page) => html`
  <a class="skip" href="#content" @click=${toContent}>${words().skip}</a>
  <header class="bar">
    <a class="brand" href=${hashOf("streamers")}>
      <img src=${new URL("icon.svg", import.meta.url).href} alt="" width="24" height="24" />mntreamer
    </a>
    ${app.isLockedOut ? nothing : places(app)}
    <span class="rim">
      ${app.isLockedOut ? nothing : healthLight(app.health)} ${languageChoice(app)} ${themeButton(app)}
      ${app.session?.expires_at ? logOutButton(app) : nothing}
    </span>
  </header>
  <main id="content" tabindex="-1" class=${app.isLockedOut ? "login" : app.place.name}>${page.view()}</main>
  <div class="notices" role="status">${app.notice ? noticeView(app, app.notice) : nothing}</div>
  ${app.question ? questionView(app.question) : nothing}
`

/** @param {App} app */
const places = (app) => html`
  <nav aria-label=${words().pages}>
    ${
      /** @type {const} */ (["streamers", "recordings"]).map(
        (name) => html`
        <a href=${hashOf(name)} aria-current=${isAt(app, name) ? "page" : nothing}>
          ${icon(name)}<span>${words()[name]}</span>
        </a>
      `,
      )
    }
  </nav>
`

/** @param {App} app @param {"streamers" | "recordings"} name */
const isAt = (app, name) => app.place.name === name || (name === "recordings" && app.place.name === "editor")

/** @param {App} app */
function languageChoice(app) {
  const choose = (/** @type {Event & { currentTarget: HTMLSelectElement }} */ event) => {
    speak(/** @type {Language} */ (event.currentTarget.value))
    app.changed()
  }
  return html`
    <select class="quiet" aria-label=${words().language} @change=${choose}>
      ${Object.entries(languages).map(
        ([code, name]) => html`<option value=${code} lang=${code} ?selected=${code === language()}>${name}</option>`,
      )}
    </select>
  `
}

/** @param {App} app */
function themeButton(app) {
  const change = () => {
    nextTheme()
    app.changed()
  }
  const label = words().theme[theme()]
  return html`<button class="icon" title=${label} aria-label=${label} @click=${change}>${icon(THEME_ICONS[theme()])}</button>`
}

/** @param {App} app */
function logOutButton(app) {
  const leave = () =>
    app.attempt(async () => {
      await app.api.delete("/session")
      await app.enter()
    })
  return html`<button class="icon" title=${words().logOut} aria-label=${words().logOut} @click=${leave}>${icon("leave")}</button>`
}

/** @param {App} app @param {import("./app.js").Notice} notice */
function noticeView(app, { text, act, isBad }) {
  const run = () => {
    app.hush()
    act?.run()
  }
  return html`
    <p class="notice ${isBad ? "bad" : ""}">
      <span>${text}</span>
      ${act ? html`<button @click=${run}>${act.label}</button>` : nothing}
      <button class="icon" aria-label=${words().close} @click=${() => app.hush()}>${icon("close")}</button>
    </p>
  `
}

/** @param {import("./app.js").Question & { answer: (isYes: boolean) => void }} question */
const questionView = ({ title, text, yes, isGrave, answer }) => html`
  <dialog aria-labelledby="question" ${ref(showModal)} @cancel=${() => answer(false)}>
    <h2 id="question">${title}</h2>
    <p>${text}</p>
    <p class="answers">
      <button @click=${() => answer(false)}>${words().no}</button>
      <button class=${isGrave ? "grave" : "main"} @click=${() => answer(true)}>${yes}</button>
    </p>
  </dialog>
`

/** @param {Event} event */
function toContent(event) {
  event.preventDefault() // the address says where one is
  document.getElementById("content")?.focus()
}
