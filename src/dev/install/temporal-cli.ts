import type { ResolvedBinary } from './binary.js';
import { findOnPath, outputOf } from './executables.js';
import { goInstall, goVersionMin, temporalCliModule, temporalCliVersion } from './go-install.js';
import type { Report } from '../report.js';
import { resolveBinary } from './resolve-binary.js';
import { sdkDownload } from './sdk-download.js';

export interface TemporalCliOptions {
  /** Value of `TEMPORAL_CLI_PATH`: a binary that the user has chosen. */
  temporalCliPath?: string | undefined;
  /** Value of `PATH`; searched for `temporal` and `go`. */
  path?: string | undefined;
  /** Keeps what is downloaded or built; see `defaultCacheFolder`. */
  cacheFolder: string;
  report?: Report;
}

/**
 * Finds or makes a Temporal CLI, whose `server start-dev` is our dev server, and says which it took:
 * `TEMPORAL_CLI_PATH`, `temporal` on PATH, the cache folder, the SDK's own download, `go install` (minutes).
 *
 * @throws ServerBinaryError with everything that was tried and the ways out, with exact commands.
 */
export async function resolveTemporalCli(options: TemporalCliOptions): Promise<ResolvedBinary> {
  const { temporalCliPath, path, cacheFolder, report = () => undefined } = options;
  const file = 'temporal';
  return await resolveBinary({
    what: 'Temporal dev server',
    cacheFolder,
    setting: { name: 'TEMPORAL_CLI_PATH', path: temporalCliPath },
    installed: { name: '`temporal` on PATH', find: () => findOnPath(file, path) },
    makers: [sdkDownload({ server: 'dev-server', file, report }), goInstall(path, report)],
    check: versionOf,
    waysOut: waysOut(cacheFolder),
    report,
  });
}

/** Other programs may be called `temporal` too, so its answer counts and not only its exit code. */
async function versionOf(file: string): Promise<string> {
  const output = await outputOf(file, ['--version']);
  const line = output.split('\n').find((text) => text.startsWith('temporal version'));
  if (line === undefined)
    throw new Error(`\`--version\` did not answer like the Temporal CLI: ${output.slice(0, 200)}`);
  return line;
}

function waysOut(cacheFolder: string): string[] {
  return [
    'Install the Temporal CLI so that `temporal` is on PATH:\nbrew install temporal\nor\ncurl -sSf https://temporal.download/cli.sh | sh',
    'Name a binary that you have:\nexport TEMPORAL_CLI_PATH=/path/to/temporal',
    'Let it be downloaded: run this again where https://temporal.download can be reached (HTTPS_PROXY is honoured).',
    `Build it with Go ${goVersionMin} or newer (https://go.dev/dl/):\nGOBIN='${cacheFolder}/temporal-cli-${temporalCliVersion}' go install ${temporalCliModule}`,
  ];
}
