// The company's colour, made readable: ink on it, and a variant of it for text and marks on light and on dark ground.
// Contrast is that of WCAG 2: 4.5 for text.
const ENOUGH = 4.5
const LIGHT = [255, 255, 255], DARK = [27, 32, 36]

/** @param {string} hex @returns {number[] | null} */
export function parse(hex) {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(hex)
  const long = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(hex)
  if (short) return short.slice(1).map((one) => parseInt(one + one, 16))
  return long && long.slice(1).map((one) => parseInt(one, 16))
}

const luminance = (/** @type {number[]} */ rgb) => {
  const [r, g, b] = rgb.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** @param {number[]} one @param {number[]} other */
export function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

const css = (/** @type {number[]} */ rgb) => `rgb(${rgb.map(Math.round).join(" ")})`

/** The colour, moved towards `to` until it is readable on `ground`. @param {number[]} rgb @param {number[]} ground @param {number[]} to */
function readable(rgb, ground, to) {
  for (let part = 0; part <= 1; part += 0.05) {
    const mixed = rgb.map((value, index) => value + (to[index] - value) * part)
    if (contrast(mixed, ground) >= ENOUGH) return mixed
  }
  return to
}

/** @param {string[]} wanted the first that is a colour counts */
export function palette(...wanted) {
  const rgb = wanted.map((one) => parse(one ?? "")).find(Boolean) ?? [11, 110, 127]
  const ink = contrast(rgb, LIGHT) >= ENOUGH || contrast(rgb, LIGHT) > contrast(rgb, DARK) ? LIGHT : [0, 0, 0]
  return {
    accent: css(rgb),
    ink: css(ink),
    markLight: css(readable(rgb, [243, 244, 246], [0, 0, 0])),
    markDark: css(readable(rgb, [40, 46, 51], LIGHT)),
  }
}
