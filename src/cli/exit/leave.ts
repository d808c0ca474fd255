import { stderr, stdout } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

const WRITE_MS_MAX = 2_000;

/**
 * Ends the process with its exit code as soon as all output is written. Otherwise a call that waits for a workflow's
 * result would keep it alive: the SDK retries such a call for half a minute after we have closed the connection.
 */
export async function leave(): Promise<never> {
  const written = [stdout, stderr].map((stream) => new Promise((done) => stream.write('', done)));
  // A reader that has stopped reading must not keep the process alive.
  await Promise.race([Promise.all(written), sleep(WRITE_MS_MAX)]);
  process.exit();
}
