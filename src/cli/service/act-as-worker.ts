import type { Command } from 'commander';
import { WorkerBroken } from '../../operate/watched-run.js';
import { refuseConnection } from '../command-names.js';
import type { GlobalOptions } from '../context.js';
import { Interrupted } from '../exit/interrupted.js';
import { reportError } from '../exit/report-error.js';
import { UsageError } from '../exit/usage-error.js';
import { requireValues } from '../options/require-values.js';
import type { WorkerCommandOptions } from '../options/worker-options.js';
import { createOutput, type Output } from '../text/output.js';
import { logAsJson } from './log-as-json.js';

const GOES_ON = 'Jobs go on in Keboola; their workflows go on when a worker is back.';
/** These errors say so themselves, or are about a typing mistake. */
const SAY_ENOUGH = [WorkerBroken, Interrupted, UsageError];

/**
 * As `act`, for the worker. The worker reads its settings itself, since they come from more than the environment; its
 * standard error is a log; and its failures say what goes on without it.
 */
export function actAsWorker(
  work: (output: Output, command: Command) => Promise<number>,
): (options: unknown, command: Command) => Promise<void> {
  return async (_, command) => {
    const { json, connection, logFormat, logLevel } = command.optsWithGlobals<GlobalOptions & WorkerCommandOptions>();
    const output = createOutput(json ?? false);
    if (logFormat === 'json') logAsJson(output, logLevel);
    try {
      refuseConnection(command.name(), connection);
      requireValues(command);
      process.exitCode = await work(output, command);
    } catch (error) {
      const saysEnough = SAY_ENOUGH.some((type) => error instanceof type);
      process.exitCode = reportError(error, output, saysEnough ? undefined : GOES_ON);
    }
  };
}
