import { parseArgs } from 'node:util';
import { chosenRows, durationsOf, whole } from '../processes/command-line.js';
import { ROWS } from './rows.js';

/** Every duration is waited for, by every row. */
const SECONDS_MAX = 600;
const JOBS_MIN = 2;
const USUAL_ROWS = ROWS.filter(({ isOnDemand }) => !isOnDemand).map(({ key }) => key);

/**
 * What the command line asks for.
 *
 * @param {string[]} args
 * @throws Error that names what cannot be used.
 */
export function peersOptions(args) {
  const text = (value) => ({ type: 'string', default: value });
  const { values } = parseArgs({
    args,
    options: {
      durations: text('0.3,8'),
      jobs: text('20'),
      rows: text(USUAL_ROWS.join(',')),
      out: { type: 'string' },
    },
  });
  const durations = durationsOf(values.durations);
  const jobs = whole('jobs', values.jobs);
  const long = durations.find((seconds) => seconds > SECONDS_MAX);
  if (long !== undefined)
    throw new Error(`--durations: ${long} s would really be waited for; at most ${SECONDS_MAX} s`);
  // The worker is killed while half of them exist.
  if (jobs < JOBS_MIN) throw new Error(`--jobs: at least ${JOBS_MIN}`);
  return { durations, jobs, rows: chosenRows(values.rows, ROWS), out: values.out };
}
