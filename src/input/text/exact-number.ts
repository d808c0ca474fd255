/**
 * Whether JavaScript holds a number as somebody has written it: the value that is read is the value that is written.
 * `0.1`, `1.10` and `1e3` are, `23851234567890123`, `1e400` and `0.1234567890123456789` are not. Neither is any whole
 * number beyond 2^53 - 1, since nobody can tell of one whether it was rounded before.
 *
 * @param text a number as JSON and YAML 1.2 write it; anything else is not exact, neither is a zero in front, which YAML
 * 1.1 reads as octal.
 */
export function isExactNumber(text: string): boolean {
  const value = Number(text);
  if (/^0x[\da-f]+$|^0o[0-7]+$/i.test(text)) return Number.isSafeInteger(value);
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) return false;
  const written = decimalOf(text);
  return written !== undefined && written === decimalOf(String(value));
}

const DECIMAL = /^([-+]?)(0|[1-9]\d*)?(?:\.(\d*))?(?:e([-+]?\d+))?$/i;

/** One text for all ways to write a value: its sign, its digits without zeros around them, and the power of ten. */
function decimalOf(text: string): string | undefined {
  const [, sign = '', whole = '', fraction = '', power = '0'] = DECIMAL.exec(text) ?? [undefined];
  const digits = (whole + fraction).replace(/^0+/, '');
  if (digits === '') return /\d/.test(whole + fraction) ? '0' : undefined;
  const significant = withoutZerosBehind(digits);
  const exponent = Number(power) - fraction.length + digits.length - significant.length;
  return `${sign === '-' ? '-' : ''}${significant}e${exponent}`;
}

/** A pattern for zeros at the end would look at every zero anew. */
function withoutZerosBehind(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}
