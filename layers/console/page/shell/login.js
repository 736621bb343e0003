/** The door: the token is exchanged for a session of this browser. */

import { html, nothing } from "../packages/lit-html/lit-html.js"
import { inLanguages } from "./language.js"
import { refusalText } from "./refusals.js"

/** @typedef {import("./app.js").App} App */

const words = inLanguages({
  en: {
    title: "Log in",
    token: "Token",
    where:
      "On one machine the command mntreamer token prints it. On AWS the stack's output HowToReadTheToken says how.",
    enter: "Log in",
  },
  ko: {
    title: "로그인",
    token: "토큰",
    where:
      "내 컴퓨터에서 실행 중이라면 mntreamer token 명령으로 토큰을 볼 수 있습니다. AWS라면 스택 출력 HowToReadTheToken에 방법이 나와 있습니다.",
    enter: "로그인",
  },
})

/** @param {App} app @returns {import("./app.js").Page} */
export function loginPage(app) {
  let refusal = ""

  /** @param {SubmitEvent & { currentTarget: HTMLFormElement }} event */
  async function enter(event) {
    event.preventDefault()
    const token = new FormData(event.currentTarget).get("token")
    try {
      await app.api.post("/session", { token })
      await app.enter()
    } catch (error) {
      refusal = refusalText(error)
      app.changed()
    }
  }

  const view = () => html`
    <form @submit=${enter}>
      <h1>mntreamer</h1>
      <label>
        ${words().token}
        <input name="token" type="password" autocomplete="current-password" required autofocus aria-describedby="where refusal" />
      </label>
      <p id="refusal" class="bad" role="alert">${refusal || nothing}</p>
      <button class="main">${words().enter}</button>
      <p id="where" class="hint">${words().where}</p>
    </form>
  `
  return { title: () => words().title, view, leave: () => {} }
}
