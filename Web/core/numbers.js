// How numbers are written on the page.

const TRUE_MINUS = '−';

const COUNTS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** @param {number} value @returns {string} 5,000 */
export function formatCount(value) {
  return COUNTS.format(value);
}

/** A loss in nats, two decimals. @param {number} value @returns {string} */
export function formatLoss(value) {
  return Number.isFinite(value) ? value.toFixed(2) : '–';
}

/** A signed number with a true minus. @param {number} value @param {number} digits @returns {string} */
export function formatSigned(value, digits) {
  const text = Math.abs(value).toFixed(digits);
  return (value < 0 && Number(text) !== 0 ? TRUE_MINUS : '+') + text;
}

/** A share of 1 in whole per cent, "<1 %" below one. @param {number} share @returns {string} */
export function formatShare(share) {
  if (share <= 0) return '0 %';
  return share < 0.01 ? '<1 %' : `${Math.round(share * 100)} %`;
}

/** 16 hex digits. @param {bigint} fingerprint @returns {string} */
export function formatFingerprint(fingerprint) {
  return BigInt.asUintN(64, fingerprint).toString(16).padStart(16, '0');
}
