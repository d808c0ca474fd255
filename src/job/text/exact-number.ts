/** No double needs more digits to be told from all others. */
const DOUBLE_DIGITS_MAX = 17;

/**
 * Whether a JavaScript number keeps exactly the value that somebody wrote. It does for `0.1`, `1.10` and `1e3`, but not
 * for `23851234567890123`, `1e400` and `0.1234567890123456789`, nor for any whole number beyond 2^53 - 1, since nobody
 * can tell whether it was rounded before.
 *
 * @param text a number as JSON and YAML 1.2 write it. Anything else is not exact, and neither is a number with a
 * leading zero, which YAML 1.1 reads as octal.
 */
export function isExactNumber(text: string): boolean {
  const value = Number(text);
  if (/^0x[\da-f]+$|^0o[0-7]+$/i.test(text)) return Number.isSafeInteger(value);
  return isHeld(value) && isSameDecimal(text, String(value));
}

/**
 * Whether a text is a fraction with all 17 digits of a double. Programs such as PHP before 7.1 write `0.1` as
 * `0.10000000000000001`; JavaScript then reads the very number that they had.
 */
export function isFullDouble(text: string): boolean {
  const value = Number(text);
  return isHeld(value) && isSameDecimal(text, value.toPrecision(DOUBLE_DIGITS_MAX));
}

/** Whether JavaScript holds a number exactly: finite, and no whole number beyond 2^53 - 1. */
export function isHeld(value: number): boolean {
  return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
}

function isSameDecimal(text: string, other: string): boolean {
  const written = decimalOf(text);
  return written !== undefined && written === decimalOf(other);
}

const DECIMAL = /^([-+]?)(0|[1-9]\d*)?(?:\.(\d*))?(?:e([-+]?\d+))?$/i;

/** A canonical text for all ways to write a value: sign, digits without outer zeros, and power of ten. */
function decimalOf(text: string): string | undefined {
  const [, sign = '', whole = '', fraction = '', power = '0'] = DECIMAL.exec(text) ?? [undefined];
  const digits = (whole + fraction).replace(/^0+/, '');
  if (digits === '') return /\d/.test(whole + fraction) ? '0' : undefined;
  const significant = withoutZerosBehind(digits);
  const exponent = Number(power) - fraction.length + digits.length - significant.length;
  return `${sign === '-' ? '-' : ''}${significant}e${exponent}`;
}

/** A loop, since a regular expression for trailing zeros would take quadratic time. */
function withoutZerosBehind(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}
