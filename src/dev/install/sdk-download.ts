import { readdirSync, renameSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { BinaryMaker } from './binary.js';
import type { Report } from '../report.js';
import { runTool } from '../run-tool.js';

export interface SdkDownloadOptions {
  server: 'dev-server' | 'test-server';
  /** Name that the binary gets. */
  file: string;
  report: Report;
}

const require = createRequire(import.meta.url);
const { version: sdkVersion } = require('@temporalio/testing/package.json') as { version: string };

const downloadMsMax = 10 * 60_000;
/** Tells a machine without access from a slow one: temporal.download answers within this time or never. */
const firstByteMsMax = 15_000;
const standstillMsMax = 30_000;

/**
 * Lets the Temporal SDK download a server from temporal.download, as its test environment does by itself. It happens in
 * a process of its own, because the SDK's native Runtime can be installed only once and belongs to the worker, and
 * because nothing else can bound the download in time.
 */
export function sdkDownload({ server, file, report }: SdkDownloadOptions): BinaryMaker {
  return {
    source: 'sdk-download',
    name: 'download by the Temporal SDK',
    folder: `${file}-sdk-${sdkVersion}`,
    file,
    async make(newFolder) {
      const failure = await runTool({
        command: process.execPath,
        args: ['-e', downloadScript, require.resolve('@temporalio/testing'), server, newFolder],
        // Otherwise the SDK would look behind the proxy for the server that it has started on this machine.
        env: { no_grpc_proxy: '127.0.0.1' },
        label: `Downloading the Temporal ${server.replace('-', ' ')}`,
        timeoutMs: downloadMsMax,
        giveUp: standstillWatch(newFolder),
        report,
      });
      if (failure !== undefined) return failure.replace(process.execPath, 'the download');
      const [downloaded, ...others] = readdirSync(newFolder);
      if (downloaded === undefined || others.length > 0) return 'the SDK did not say where it put the file';
      renameSync(join(newFolder, downloaded), join(newFolder, file));
      return undefined;
    },
  };
}

/** The SDK has no call that only downloads, so the server is started for a moment, which also shows that it works. */
const downloadScript = `
const [testing, server, downloadDir] = process.argv.slice(1);
const { TestWorkflowEnvironment } = require(testing);
const options = { server: { executable: { type: 'cached-download', downloadDir, ttl: '3650d' } } };
const start = server === 'dev-server' ? 'createLocal' : 'createTimeSkipping';
TestWorkflowEnvironment[start](options).then((env) => env.teardown()).catch((error) => {
  process.stderr.write(error.message);
  process.exitCode = 1;
});
`;

function standstillWatch(folder: string): (elapsedMs: number) => string | undefined {
  let lastSize = 0;
  let lastGrowthMs = 0;
  return (elapsedMs) => {
    const size = sizeOf(folder);
    if (size !== lastSize) {
      lastSize = size;
      lastGrowthMs = elapsedMs;
    }
    if (size === 0 && elapsedMs >= firstByteMsMax) return `no answer from https://temporal.download`;
    return elapsedMs - lastGrowthMs >= standstillMsMax ? 'the download stands still' : undefined;
  };
}

function sizeOf(folder: string): number {
  const sizes = readdirSync(folder).map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0);
  return sizes.reduce((sum, size) => sum + size, 0);
}
