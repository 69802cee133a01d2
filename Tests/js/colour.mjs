// Colours: the tokens as the stylesheet has them, contrast as WCAG has it, difference as CIEDE2000 has it, and how the
// colour-blind see (Machado, Oliveira and Fernandes 2009, at full strength).
import fs from 'node:fs';

const css = fs.readFileSync(new URL('../../Web/tokens.css', import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');

/** The rules of tokens.css: the media query's condition or an empty string, selector, declarations. */
export const rules = Array.from(css.matchAll(/(?:@media ([^{]+)\{\s*)?([^{}@]+)\{([^{}]*)\}/g), ([, media = '', selector, body]) => ({
  media: media.trim(),
  selector: selector.trim(),
  tokens: Object.fromEntries(Array.from(body.matchAll(/([\w-]+):\s*([^;]+);/g), ([, name, value]) => [name, value.trim()])),
}));

/** The declarations of one rule. */
export function rule(selector, media = '') {
  const found = rules.filter((one) => one.selector === selector && one.media === media);
  if (found.length !== 1) throw new Error(`${found.length} rules for ${media} ${selector}`);
  return found[0].tokens;
}

/** All tokens in force. @param {'light' | 'dark'} theme @param {'amber-red' | 'blue-orange'} palette */
export function tokens(theme, palette = 'amber-red') {
  const all = { ...rule(':root') };
  if (theme === 'dark') Object.assign(all, rule(':root[data-theme="dark"]'));
  if (palette === 'blue-orange') Object.assign(all, rule(':root[data-palette="blue-orange"]'));
  if (palette === 'blue-orange' && theme === 'dark') Object.assign(all, rule(':root[data-palette="blue-orange"][data-theme="dark"]'));
  return (name) => {
    const value = all[`--${name}`] ?? '';
    if (!/^#[0-9a-f]{6}$/.test(value)) throw new Error(`--${name} is no colour: ${value}`);
    return value;
  };
}

/** Linear red, green, blue from 0 to 1. @param {string} colour #rrggbb or rgb(r g b) */
export function linear(colour) {
  const channels = colour.startsWith('#') ? [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)) : colour.match(/\d+/g).map(Number);
  return channels.map((channel) => channel / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
}

const luminance = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** The contrast ratio, from 1 to 21. */
export function contrast(one, other) {
  const [dark, light] = [one, other].map((colour) => luminance(linear(colour))).sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** How linear colours look with each kind of sight. */
export const SIGHTS = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

const times = (matrix, [x, y, z]) =>
  [0, 3, 6].map((row) => matrix[row] * x + matrix[row + 1] * y + matrix[row + 2] * z);

const TO_XYZ = [0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522, 0.072175, 0.0193339, 0.119192, 0.9503041];
const WHITE = times(TO_XYZ, [1, 1, 1]);

/** CIELAB under D65. @param {string} colour @param {keyof typeof SIGHTS} sight */
export function lab(colour, sight = 'normal') {
  const seen = times(SIGHTS[sight], linear(colour)).map((value) => Math.min(1, Math.max(0, value)));
  const [x, y, z] = times(TO_XYZ, seen).map((value, axis) => {
    const share = value / WHITE[axis];
    return share > 216 / 24389 ? Math.cbrt(share) : (24389 / 27 * share + 16) / 116;
  });
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const radians = (degrees) => (degrees * Math.PI) / 180;

/** CIEDE2000 of two CIELAB colours (Sharma, Wu and Dalal 2005). */
export function ciede2000([l1, a1, b1], [l2, a2, b2]) {
  const chroma7 = ((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) ** 7;
  const g = 0.5 * (1 - Math.sqrt(chroma7 / (chroma7 + 25 ** 7)));
  const [c1, c2] = [Math.hypot((1 + g) * a1, b1), Math.hypot((1 + g) * a2, b2)];
  const hue = (a, b) => (a === 0 && b === 0 ? 0 : ((Math.atan2(b, (1 + g) * a) * 180) / Math.PI + 360) % 360);
  const [h1, h2] = [hue(a1, b1), hue(a2, b2)];
  const isGrey = c1 * c2 === 0;
  let turn = isGrey ? 0 : h2 - h1;
  if (turn > 180) turn -= 360;
  if (turn < -180) turn += 360;
  const dL = l2 - l1;
  const dC = c2 - c1;
  const dH = 2 * Math.sqrt(c1 * c2) * Math.sin(radians(turn / 2));
  const l = (l1 + l2) / 2;
  const c = (c1 + c2) / 2;
  let h = h1 + h2;
  if (!isGrey) h = Math.abs(h1 - h2) <= 180 ? h / 2 : (h + (h < 360 ? 360 : -360)) / 2;
  const t = 1 - 0.17 * Math.cos(radians(h - 30)) + 0.24 * Math.cos(radians(2 * h)) + 0.32 * Math.cos(radians(3 * h + 6))
    - 0.2 * Math.cos(radians(4 * h - 63));
  const sL = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2);
  const sC = 1 + 0.045 * c;
  const sH = 1 + 0.015 * c * t;
  const turned = -2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7)) * Math.sin(radians(60 * Math.exp(-(((h - 275) / 25) ** 2))));
  return Math.sqrt((dL / sL) ** 2 + (dC / sC) ** 2 + (dH / sH) ** 2 + turned * (dC / sC) * (dH / sH));
}

/** How far apart two colours look. @param {string} one @param {string} other @param {keyof typeof SIGHTS} sight */
export const apart = (one, other, sight) => ciede2000(lab(one, sight), lab(other, sight));
