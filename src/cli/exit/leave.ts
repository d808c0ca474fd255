import { stderr, stdout } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

const WRITE_MS_MAX = 2_000;

/**
 * Ends the process with its exit code as soon as all is written. A call that waits for a workflow's end would hold it
 * otherwise: the SDK tries such a call again for half a minute after we have closed the connection.
 */
export async function leave(): Promise<never> {
  const written = [stdout, stderr].map((stream) => new Promise((done) => stream.write('', done)));
  // Who has stopped reading must not hold a process that has to leave.
  await Promise.race([Promise.all(written), sleep(WRITE_MS_MAX)]);
  process.exit();
}
