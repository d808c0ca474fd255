import type { Command } from 'commander';
import type { StartedStorage, StartStorageOptions } from '../../client/storage-client.js';
import type { ExportTableResult, ImportTableResult } from '../../job/storage/result.js';
import { tellDetached } from './detached.js';
import { EXIT } from '../exit/exit-codes.js';
import { followToExit, type Tell } from './follow-to-exit.js';
import type { OnInterrupt } from './interrupts.js';
import type { Output } from '../text/output.js';
import { choice } from '../options/run-options.js';
import { agoText } from '../text/time-text.js';

/** The options of `import` and `export` that say how they are run. */
export interface StorageRunOptions extends StartStorageOptions {
  parentRunId?: string;
  onInterrupt: OnInterrupt;
  detach?: boolean;
}

export function addStorageRunOptions(command: Command): Command {
  return command
    .addOption(choice('--if-running <what>', 'when the same table is at it already', ['attach', 'fail']))
    .option('--key <text>', 'make this run one of its own beside others of the table')
    .option('--parent-run-id <runId>', 'put the job below this run (default: KBC_RUNID)')
    .addOption(choice('--on-interrupt <what>', 'on Ctrl-C', ['detach', 'cancel']).default('detach'))
    .option('--detach', 'start it, print its ids and leave');
}

export function startOptions({ ifRunning, key }: StorageRunOptions): StartStorageOptions {
  return { ...(ifRunning && { ifRunning }), ...(key !== undefined && { key }) };
}

/** Says what was started, and follows it to its end where that is wanted. */
export async function followStorage<Result extends ImportTableResult | ExportTableResult>(
  { handle, attached, startTime }: StartedStorage<Result>,
  output: Output,
  { onInterrupt, detach }: StorageRunOptions,
  tell?: Tell<Result>,
): Promise<number> {
  const { workflowId } = handle;
  output.say(attached ? `Attached to the run started ${agoText(startTime)}: ${workflowId}` : `Started ${workflowId}`);
  if (!detach) return await followToExit(handle, output, onInterrupt, tell);
  tellDetached({ handle, attached, startTime }, output);
  return EXIT.success;
}
