import { freePort } from './ports.js';
import { type RunningServer, startServer } from './running-server.js';

/**
 * Starts the time-skipping test server on a free port and waits until it serves. It ends with our process; Ctrl-C does
 * not reach it. It listens on all interfaces, which it offers no option to change, and keeps everything in memory.
 *
 * @param executable - see `resolveTestServer`
 * @throws ServerStartError with the server's own words when it does not start
 */
export async function startTestServer({ executable }: { executable: string }): Promise<RunningServer> {
  const port = await freePort();
  return await startServer({
    what: 'Temporal test server',
    command: executable,
    args: [String(port)],
    port,
    graceMs: 0,
    // If it does not get its port, it complains and stays alive.
    failure: 'Failed to bind',
  });
}
