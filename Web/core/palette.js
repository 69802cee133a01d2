// The value ramp: negative – zero – positive, interpolated in OKLab between the five colours of the stylesheet.

/** @param {string} hex #rrggbb @returns {[number, number, number]} OKLab */
function toOklab(hex) {
  const [r, g, b] = /** @type {[number, number, number]} */ ([1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }));
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** @param {readonly [number, number, number]} lab @returns {string} rgb(…) */
function fromOklab([lightness, a, b]) {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channels = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((linear) => {
    const value = Math.min(1, Math.max(0, linear));
    return Math.round(255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055));
  });
  return `rgb(${channels.join(' ')})`;
}

const ENTRIES = 256;

/**
 * A table of 256 colours from −1 to 1.
 * @param {readonly string[]} stops five colours, at −1, −½, 0, ½, 1
 * @returns {string[]}
 */
export function rampTable(stops) {
  const labs = stops.map(toOklab);
  return Array.from({ length: ENTRIES }, (_, index) => {
    const place = (index / (ENTRIES - 1)) * (labs.length - 1);
    const low = Math.min(labs.length - 2, Math.floor(place));
    const share = place - low;
    const from = labs[low] ?? [0, 0, 0];
    const to = labs[low + 1] ?? [0, 0, 0];
    return fromOklab([
      from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share, from[2] + (to[2] - from[2]) * share,
    ]);
  });
}

/** The colour of a value on a scale. @param {readonly string[]} table @param {number} value @param {number} scale the value at the end of the ramp @returns {string} */
export function rampColour(table, value, scale) {
  const place = Math.min(1, Math.max(-1, value / scale));
  return table[Math.round(((place + 1) / 2) * (ENTRIES - 1))] ?? '';
}
