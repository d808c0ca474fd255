// Bundles the compiled workflows once, so that a worker need not do it at each start: part of `npm run build`.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { ourBundle } from '../dist/worker/workflow-code.js';

const { code } = await bundleWorkflowCode({ ...ourBundle(), logger: new DefaultLogger('WARN') });
await writeFile(fileURLToPath(new URL('../dist/workflow-bundle.js', import.meta.url)), code);
