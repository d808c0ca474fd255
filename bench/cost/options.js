import { parseArgs } from 'node:util';
import { chosenRows, durationsOf, whole } from '../processes/command-line.js';
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
  return {
    durations: durationsOf(values.durations),
    jobs: whole('jobs', values.jobs),
    rounds: whole('rounds', values.rounds),
    rows: chosenRows(values.rows, ROWS),
    out: values.out,
    picture: values.picture,
  };
}
