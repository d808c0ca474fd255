import { colors } from '../../../operate/colors.js';
import { table } from '../../text/output.js';
import type { Aftermath } from './play-accident.js';

/** The same accidents, side by side. */
export function breakTable(aftermaths: readonly Aftermath[]): string {
  return table(
    ['accident', 'run by', 'jobs created', 'left running', 'the workflow tells'],
    aftermaths.map(({ accident, side, jobsCreated, jobsLeftRunning, told }) => [
      accident,
      side,
      painted(jobsCreated, 1),
      painted(jobsLeftRunning, 0),
      told,
    ]),
  );
}

function painted(count: number, right: number): string {
  return count === right ? colors.green(String(count)) : colors.red(String(count));
}
