/** Menus close as menus do: when something else is pressed, and by Escape. */

const OPEN = ".menu[open]"

export function watchMenus() {
  document.addEventListener("pointerdown", closeOtherMenus)
  document.addEventListener("keydown", ({ key }) => key === "Escape" && closeMenus())
}

/** All, the focus staying where it was or going to the menu's button. */
export function closeMenus() {
  for (const menu of document.querySelectorAll(OPEN)) {
    if (menu.contains(document.activeElement)) menu.querySelector("summary")?.focus()
    menu.removeAttribute("open")
  }
}

/** @param {Event} event */
function closeOtherMenus({ target }) {
  for (const menu of document.querySelectorAll(OPEN))
    if (!(target instanceof Node && menu.contains(target))) menu.removeAttribute("open")
}
