import { colors } from '../../dist/operate/colors.js';
import { table } from '../../dist/cli/text/output.js';

/** The same accidents, side by side. */
export function breakTable(aftermaths) {
  return table(
    ['accident', 'run by', 'API', 'jobs created', 'left running', 'the workflow tells'],
    aftermaths.map(({ accident, side, api, jobsCreated, jobsLeftRunning, told }) => [
      accident,
      side,
      api,
      painted(jobsCreated, 1),
      painted(jobsLeftRunning, 0),
      told,
    ]),
  );
}

function painted(count, right) {
  return count === right ? colors.green(String(count)) : colors.red(String(count));
}
