import { stderr, stdout } from 'node:process';

/**
 * Ends the process with its exit code as soon as all is written. A call that waits for a workflow's end would hold it
 * otherwise: the SDK tries such a call again for half a minute after we have closed the connection.
 */
export async function leave(): Promise<never> {
  await Promise.all([stdout, stderr].map((stream) => new Promise((written) => stream.write('', written))));
  process.exit();
}
