import type { TestProject } from 'vitest/node';
import { defaultCacheFolder } from '../../src/dev/install/cache-folder.js';
import { type DevServer, startDevServer } from '../../src/dev/dev-server.js';
import { type Report, reportTo } from '../../src/dev/report.js';
import { resolveTemporalCli } from '../../src/dev/install/temporal-cli.js';
import { resolveTestServer } from '../../src/dev/test-server.js';
import { SEARCH_ATTRIBUTES } from '../../src/job/search-attributes.js';
import type { Wanted } from '../chaos/support/wanted.js';

/** What the whole run shares, or why it is not there: then every test that asks for it fails with this text. */
export type Provided<T> = { value: T } | { problem: string };

declare module 'vitest' {
  interface ProvidedContext {
    /** The one dev server of the run, with short timers and our search attributes. */
    devServer: Provided<{ address: string; cli: string }>;
    /** The time-skipping server is started by each test file for itself: its clock cannot be shared. */
    testServer: Provided<{ executable: string }>;
    /** How much of each fault sweep this run plays; see vitest.config.ts. */
    sweeps: {
      creation: Wanted;
      queueCreation: Wanted;
      wait: Wanted;
      queueWait: Wanted;
      storage: Wanted;
      /** A workflow is cancelled at one of so many steps of its life. */
      steps: number;
    };
    /** So many hostile inputs and messages are sent to a worker; `npm run test:faults` alone does that. */
    hostile: { count: number; seed?: number };
  }
}

/**
 * Finds or makes both servers before any test starts, because a download or a build fits into no test's time limit, and
 * starts the dev server. Nothing is skipped when one is missing.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const places = { path: process.env['PATH'], cacheFolder: defaultCacheFolder(process.env) };
  const report = quietUnlessSlow(reportTo(process.stderr));
  const [devServer, testServer] = await Promise.all([
    provided(async () => {
      const cli = await resolveTemporalCli({ ...places, temporalCliPath: process.env['TEMPORAL_CLI_PATH'], report });
      return { cli: cli.path, server: await startSharedServer(cli.path) };
    }),
    provided(() => resolveTestServer({ ...places, testServerPath: process.env['TEMPORAL_TEST_SERVER_PATH'], report })),
  ]);
  project.provide(
    'devServer',
    mapped(devServer, ({ cli, server }) => ({ cli, address: server.address })),
  );
  project.provide(
    'testServer',
    mapped(testServer, ({ path }) => ({ executable: path })),
  );
  return async () => {
    if ('value' in devServer) await devServer.value.server.stop();
  };
}

/** Only a download or a build is worth a line: most runs find both servers at once. */
function quietUnlessSlow(report: Report): Report {
  let slow = false;
  return (line, kind) => {
    slow ||= kind === 'progress';
    if (slow) report(line, kind);
  };
}

function startSharedServer(cli: string): Promise<DevServer> {
  return startDevServer({
    cli,
    headless: true,
    searchAttributes: Object.fromEntries(SEARCH_ATTRIBUTES.map((name) => [name, 'Keyword'])),
    // By default no timer fires sooner than a second after it was set.
    dynamicConfig: { 'history.timerProcessorMaxTimeShift': '20ms' },
  });
}

async function provided<T>(start: () => Promise<T>): Promise<Provided<T>> {
  try {
    return { value: await start() };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function mapped<T, U>(from: Provided<T>, map: (value: T) => U): Provided<U> {
  return 'value' in from ? { value: map(from.value) } : from;
}
