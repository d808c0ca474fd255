// Bundles the compiled workflows ahead, so that a worker need not do it at each start: part of `npm run build`.
import { writeFile } from 'node:fs/promises';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { failureConverterPath } from '../dist/temporal/encryption/encrypted-data-converter.js';
import { ourBundle } from '../dist/worker/workflow-code.js';

/** For workers whose payloads are encrypted there is one of its own, see `workflowCode`. */
const BUNDLES = {
  'workflow-bundle.js': {},
  'workflow-bundle-encrypting.js': { failureConverterPath: failureConverterPath() },
};

for (const [name, options] of Object.entries(BUNDLES)) {
  const { code } = await bundleWorkflowCode({ ...ourBundle(), ...options, logger: new DefaultLogger('WARN') });
  await writeFile(new URL(`../dist/${name}`, import.meta.url), code);
}
