import type { BinaryMaker } from './binary.js';
import { findOnPath, outputOf } from './executables.js';
import type { Report } from '../report.js';
import { runTool } from '../run-tool.js';

/** The last version that `go install` accepts: later ones carry a `replace` directive in their go.mod. */
export const temporalCliVersion = '1.5.1';
export const temporalCliModule = `github.com/temporalio/cli/cmd/temporal@v${temporalCliVersion}`;
/** What go.mod of that version asks for. */
export const goVersionMin = '1.25';

const buildMsMax = 25 * 60_000;
/** From this version on Go fetches a newer toolchain by itself when a module needs one. */
const firstSelfUpdatingMinor = 21;

/** Builds the Temporal CLI with `go install`: minutes with an empty module cache, about one with a full one. */
export function goInstall(path: string | undefined, report: Report): BinaryMaker {
  return {
    source: 'go-install',
    name: 'go install',
    folder: `temporal-cli-${temporalCliVersion}`,
    file: 'temporal',
    async make(newFolder) {
      const go = await findOnPath('go', path);
      if (go === undefined) return 'go is not on PATH';
      const version = await outputOf(go, ['version']);
      if (isTooOld(version)) return `${go} is too old (${version}); Go ${goVersionMin} or newer is needed`;
      return await runTool({
        command: go,
        args: ['install', temporalCliModule],
        env: { GOBIN: newFolder, ...(path === undefined ? {} : { PATH: path }) },
        label: `Building the Temporal CLI ${temporalCliVersion} with Go; this happens once and takes some minutes`,
        timeoutMs: buildMsMax,
        report,
      });
    },
  };
}

/** Older than Go 1.21 cannot even read the module's go.mod; between that and 1.25 Go helps itself or says why not. */
function isTooOld(version: string): boolean {
  const [, major, minor] = /\bgo(\d+)\.(\d+)/.exec(version) ?? [];
  return major === '1' && Number(minor) < firstSelfUpdatingMinor;
}
