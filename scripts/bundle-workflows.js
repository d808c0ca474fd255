// Bundles the compiled workflows once, so that a worker need not do it at each start: part of `npm run build`.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const inDist = (name) => fileURLToPath(new URL(`../dist/${name}`, import.meta.url));
const workflowsPath = inDist('workflows/index.js');
const { code } = await bundleWorkflowCode({
  workflowsPath,
  // As `KeboolaPlugin` does it; the plugin itself would want a Keboola project.
  preloadModules: [workflowsPath],
  logger: new DefaultLogger('WARN'),
});
await writeFile(inDist('workflow-bundle.js'), code);
