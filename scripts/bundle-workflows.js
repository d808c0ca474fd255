// Bundles the compiled workflows once, so that a worker need not do it at each start: part of `npm run build`.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const inDist = (name) => fileURLToPath(new URL(`../dist/${name}`, import.meta.url));
const { code } = await bundleWorkflowCode({
  workflowsPath: inDist('workflows/index.js'),
  logger: new DefaultLogger('WARN'),
});
await writeFile(inDist('workflow-bundle.js'), code);
