import { stderr } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { standardOutput } from '../../operate/standard-output.js';
import { onLeaving } from '../signals.js';
import { wasStopped } from '../until-stopped.js';
import { EXIT } from './exit-codes.js';

const WRITE_MS_MAX = 2_000;
/** Exit codes from here on say that a signal has cut the command short. */
const SIGNALLED = 128;

/**
 * Ends the process with its exit code as soon as all output is written. Otherwise a call that waits for a workflow's
 * result would keep it alive: the SDK retries such a call for half a minute after we have closed the connection.
 *
 * A result waits for its reader, as long as that takes: a pager reads on when somebody turns the page. A signal ends
 * the wait, also one that has come before, and by which a command such as `dev` ends well.
 */
export async function leave(): Promise<never> {
  const exit = (code: number): never => process.exit(code);
  onLeaving({ press: () => exit(EXIT.interrupted), leave: exit });
  const remarked = new Promise<void>((done) => void stderr.write('', () => done()));
  const taken = standardOutput.taken();
  await Promise.race([Promise.all([taken, remarked]), sleep(WRITE_MS_MAX)]);
  if (!wasStopped() && Number(process.exitCode ?? 0) < SIGNALLED) await taken;
  // Whoever redirects a result to a full disk must hear that it is not there.
  if (standardOutput.failure() !== undefined) process.exitCode ||= EXIT.jobFailed;
  process.exit();
}
