import type { Command } from 'commander';
import type { StartOptions } from '../../client/start-workflow.js';
import { addFollowOptions, type FollowOptions } from './follow-options.js';
import { choice } from './run-options.js';

/** The options of `import` and `export` that say how they are run. */
export interface StorageRunOptions extends StartOptions<'attach' | 'fail'>, FollowOptions {
  progressLines?: boolean;
  parentRunId?: string;
}

export function addStorageRunOptions(command: Command): Command {
  command
    .addOption(choice('--if-running <what>', 'if this command is already running for the table', ['attach', 'fail']))
    .option('--key <text>', 'run separately from other runs for the table')
    .option('--parent-run-id <runId>', 'put the job below this run (default: KBC_RUNID)');
  return addFollowOptions(command);
}
