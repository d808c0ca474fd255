import { basename, join } from 'node:path';
import type { ResolvedBinary } from './install/binary.js';
import { isExecutable } from './install/executables.js';
import { mavenCopy, testServerVersion } from './install/maven-copy.js';
import type { Report } from './report.js';
import { resolveBinary } from './install/resolve-binary.js';
import { sdkDownload } from './install/sdk-download.js';

export interface TestServerOptions {
  /** Value of `TEMPORAL_TEST_SERVER_PATH`: a binary or start script that the user has chosen. */
  testServerPath?: string | undefined;
  /** Value of `PATH`; searched for `mvn`. */
  path?: string | undefined;
  /** Keeps what is downloaded; see `defaultCacheFolder`. */
  cacheFolder: string;
  report?: Report;
}

/**
 * Finds or makes the time-skipping Temporal test server and says which it took: `TEMPORAL_TEST_SERVER_PATH`, the cache
 * folder, the SDK's own download (no binary exists for ARM), Maven with a small `java` start script.
 *
 * @throws ServerBinaryError with everything that was tried and the ways out, with exact commands.
 */
export async function resolveTestServer(options: TestServerOptions): Promise<ResolvedBinary> {
  const { testServerPath, path, cacheFolder, report = () => undefined } = options;
  const file = 'temporal-test-server';
  return await resolveBinary({
    what: 'Temporal test server',
    cacheFolder,
    setting: { name: 'TEMPORAL_TEST_SERVER_PATH', path: testServerPath },
    makers: [sdkDownload({ server: 'test-server', file, report }), mavenCopy(path, report)],
    check: executable,
    waysOut: waysOut(join(cacheFolder, `temporal-test-server-${testServerVersion}`)),
    report,
  });
}

/** No option makes the server answer and end again; whether it works shows at its start. */
async function executable(file: string): Promise<undefined> {
  if (!(await isExecutable(file))) throw new Error('not an executable file');
}

function waysOut(mavenFolder: string): string[] {
  return [
    'Name a binary or start script that you have:\nexport TEMPORAL_TEST_SERVER_PATH=/path/to/temporal-test-server',
    'Let it be downloaded: run this again where https://temporal.download can be reached (HTTPS_PROXY is honoured).',
    'Install Java 8 or newer and Maven, and run this again where Maven Central can be reached:\napt-get install -y default-jre-headless maven\nor\nbrew install openjdk maven',
    `Copy the folder from a machine where it worked:\nscp -r user@machine:.cache/keboola-temporal/${basename(mavenFolder)} '${mavenFolder}'`,
  ];
}
