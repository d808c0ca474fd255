import { parseArgs } from 'node:util';
import { ROWS } from './rows.js';

/**
 * What the command line asks for.
 *
 * @param {string[]} args
 * @throws Error that names what cannot be used.
 */
export function costOptions(args) {
  const text = (value) => ({ type: 'string', default: value });
  const { values } = parseArgs({
    args,
    options: {
      durations: text('0.3,8,3600'),
      jobs: text('40'),
      rounds: text('3'),
      rows: text(ROWS.map(({ key }) => key).join(',')),
      out: { type: 'string' },
      picture: { type: 'string' },
    },
  });
  const durations = values.durations.split(',').map((seconds) => positive('durations', seconds));
  return {
    durations: [...new Set(durations)].sort((a, b) => a - b),
    jobs: whole('jobs', values.jobs),
    rounds: whole('rounds', values.rounds),
    rows: rowsOf(values.rows.split(',')),
    out: values.out,
    picture: values.picture,
  };
}

function rowsOf(keys) {
  const strange = keys.find((key) => !ROWS.some((row) => row.key === key));
  if (strange !== undefined) {
    throw new Error(`--rows: "${strange}" is none of ${ROWS.map(({ key }) => key).join(', ')}`);
  }
  return ROWS.filter(({ key }) => keys.includes(key));
}

function positive(name, text) {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name}: "${text}" is no number above 0`);
  return value;
}

function whole(name, text) {
  const value = positive(name, text);
  if (!Number.isInteger(value)) throw new Error(`--${name}: "${text}" is no whole number`);
  return value;
}
