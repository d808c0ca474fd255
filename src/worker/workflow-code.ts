import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import type { WorkerOptions } from '@temporalio/worker';
import { isOurFailureConverter } from '../temporal/encryption/encrypted-data-converter.js';

type WorkflowCode = Pick<WorkerOptions, 'workflowsPath' | 'workflowBundle'>;

/** Options that may add to a bundle: with one of these, no bundle that we ship is the right one. */
const BUNDLED: readonly (keyof WorkerOptions)[] = ['bundlerOptions', 'interceptors', 'plugins'];

/**
 * The workflows of a worker: ours, unless it has others. They were bundled when the package was built; a worker that
 * bundles them itself takes seconds longer to start.
 */
export function workflowCode(worker: Partial<WorkerOptions> = {}): WorkflowCode {
  if ('workflowsPath' in worker || 'workflowBundle' in worker) return {};
  const name = bundleFor(worker.dataConverter);
  const bundle = name && fileURLToPath(new URL(`../${name}`, import.meta.url));
  if (bundle && existsSync(bundle) && !BUNDLED.some((option) => option in worker))
    return { workflowBundle: { codePath: bundle } };
  return { workflowsPath: workflowsPath() };
}

/** A bundle includes the paths of a data converter, but no codec. */
function bundleFor({ payloadConverterPath, failureConverterPath: path }: DataConverter = {}): string | undefined {
  if (payloadConverterPath !== undefined) return undefined;
  if (path === undefined) return 'workflow-bundle.js';
  return isOurFailureConverter(path) ? 'workflow-bundle-encrypting.js' : undefined;
}

/**
 * Options to bundle our workflows alone. They are loaded once per thread, as `KeboolaPlugin` loads them in other
 * bundles.
 */
export function ourBundle(): {
  workflowsPath: string;
  preloadModules: string[];
  workflowInterceptorModules: string[];
} {
  const path = workflowsPath();
  const interceptors = interceptorsPath();
  return { workflowsPath: path, preloadModules: [path, interceptors], workflowInterceptorModules: [interceptors] };
}

/** The file of our workflows: compiled beside us, or the source when we run from it. */
export function workflowsPath(): string {
  return besides('../workflows/index.js');
}

/** The file of the interceptors around all workflows of a worker. */
export function interceptorsPath(): string {
  return besides('../workflows/interceptors.js');
}

function besides(path: string): string {
  const compiled = fileURLToPath(new URL(path, import.meta.url));
  return existsSync(compiled) ? compiled : compiled.replace(/\.js$/, '.ts');
}
