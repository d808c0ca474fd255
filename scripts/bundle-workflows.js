// Bundles the compiled workflows ahead, so that a worker need not do it at each start: part of `npm run build`. It takes two
// thirds of a build in which nothing has changed, and every check of a commit builds half a dozen times.
import { rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { areUpToDate } from './workflows/up-to-date.js';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

const TARGETS = [at('../dist/workflow-bundle.js'), at('../dist/workflow-bundle-encrypting.js')];
/** The second one changes when packages are installed: the SDK is in the bundles, too. */
const SOURCES = [at('../dist'), at('../node_modules/.package-lock.json'), at('bundle-workflows.js')];

if (!(await areUpToDate(TARGETS, SOURCES))) await bundle(...TARGETS);

/** For workers whose payloads are encrypted there is one of its own, see `workflowCode`. */
async function bundle(plain, encrypting) {
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const { failureConverterPath } = await import('../dist/temporal/encryption/encrypted-data-converter.js');
  const { ourBundle } = await import('../dist/worker/workflow-code.js');
  const logger = new DefaultLogger('WARN');
  const options = { [plain]: {}, [encrypting]: { failureConverterPath: failureConverterPath() } };
  for (const [path, special] of Object.entries(options)) {
    const { code } = await bundleWorkflowCode({ ...ourBundle(), ...special, logger });
    // Half of one, of a build that was ended, would pass for up to date.
    await writeFile(`${path}.new`, code);
    await rename(`${path}.new`, path);
  }
}
