/** What the options of a bench have in common. All of them throw an Error that names what cannot be used. */

/** @returns {number} a number above 0. */
export function positive(name, text) {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name}: "${text}" is no number above 0`);
  return value;
}

/** @returns {number} a whole number above 0. */
export function whole(name, text) {
  const value = positive(name, text);
  if (!Number.isInteger(value)) throw new Error(`--${name}: "${text}" is no whole number`);
  return value;
}

/** @returns {number[]} numbers above 0, separated by commas in `text`, each once and in their order. */
export function durationsOf(text) {
  const durations = text.split(',').map((seconds) => positive('durations', seconds));
  return [...new Set(durations)].sort((a, b) => a - b);
}

/** @returns those of `rows` whose keys stand in `text`, separated by commas. */
export function chosenRows(text, rows) {
  const keys = text.split(',');
  const strange = keys.find((key) => !rows.some((row) => row.key === key));
  if (strange !== undefined) {
    throw new Error(`--rows: "${strange}" is none of ${rows.map(({ key }) => key).join(', ')}`);
  }
  return rows.filter(({ key }) => keys.includes(key));
}
