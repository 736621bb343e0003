/**
 * Where one can be: the part of the address behind `#`. It can be kept as a bookmark, sent to somebody, and gone back to.
 */

/** @typedef {{ name: "streamers" | "recordings" | "editor", of: string, asked: Record<string, string> }} Place */

const FIRST = "streamers"

/**
 * @param {string} hash  of the address: `#/recordings/chzzk?status=idle`
 * @returns {Place} `of` is the path below: a recording's id, a folder of the library
 */
export function placeAt(hash) {
  const [path, query] = split(hash.replace(/^#?\/?/, ""), "?")
  const [first, of] = split(path, "/")
  const asked = Object.fromEntries(new URLSearchParams(query))
  if (first === "recordings" || first === "editor") return { name: first, of: decoded(of), asked }
  return { name: FIRST, of: "", asked }
}

/**
 * The address of a place, to link to.
 *
 * @param {Place["name"]} name
 * @param {string} [of]
 * @param {Record<string, string | undefined>} [asked]  what is empty is left out
 */
export function hashOf(name, of = "", asked = {}) {
  const named = Object.entries(asked).filter((entry) => entry[1])
  const query = new URLSearchParams(/** @type {[string, string][]} */ (named)).toString()
  const path = of.split("/").map(encodeURIComponent).join("/")
  return `#/${name}${path && `/${path}`}${query && `?${query}`}`
}

/** @param {string} text @param {string} mark @returns {[string, string]} */
function split(text, mark) {
  const at = text.indexOf(mark)
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)]
}

/** @param {string} path */
function decoded(path) {
  try {
    return decodeURIComponent(path)
  } catch {
    return path // a percent sign that somebody typed
  }
}
