/** Where things are drawn that would lie upon each other: beside each other, as near to their places as that goes. */

const ALL = 100

/**
 * @param {number[]} places  percent of the width, in order
 * @param {number} apart  percent from one to the next, at the least
 * @returns {number[]} in the same order
 */
export function spread(places, apart) {
  const step = Math.min(apart, ALL / Math.max(1, places.length))
  let next = -Infinity
  const pushed = places.map((place) => {
    const free = Math.max(place, next)
    next = free + step
    return free
  })
  return pushed.map((place, index) => Math.min(place, ALL - step / 2 - (pushed.length - 1 - index) * step))
}
