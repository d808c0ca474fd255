import { env } from 'node:process';
import { defaultCacheFolder } from '../../../dist/dev/install/cache-folder.js';
import { startTestServer } from '../../../dist/dev/start-test-server.js';
import { resolveTestServer } from '../../../dist/dev/test-server.js';
import { Processes } from '../../processes/processes.js';
import { Stack } from './stack.js';

/** Runs jobs of one row on a server that leaps from timer to timer, so that a day takes seconds; see {@link Stack.run}. */
export async function runLeaping(row, jobs, code) {
  const processes = new Processes();
  try {
    const places = { path: env['PATH'], cacheFolder: defaultCacheFolder(env) };
    const { path } = await resolveTestServer({ ...places, testServerPath: env['TEMPORAL_TEST_SERVER_PATH'] });
    const server = processes.keep(await startTestServer({ executable: path }));
    const [keboola] = await processes.helper('../cost/programs/leaping-sandbox.js', { args: [server.address] }).hear();
    const stack = await Stack.open(processes, { row, server, keboola, code });
    return await processes.during(stack.run(jobs));
  } finally {
    await processes.stop();
  }
}
