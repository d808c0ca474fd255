import type { Command } from 'commander';
import { refuseConnection } from './command-names.js';
import { contextOf, type Context, type GlobalOptions } from './context.js';
import { createOutput } from './text/output.js';
import { reportError } from './exit/report-error.js';
import { requireValues } from './options/require-values.js';

/** Wraps the work of a command: passes it a context, and turns its errors into a message and an exit code. */
export function act<Args extends unknown[]>(
  work: (context: Context, ...args: Args) => number | Promise<number>,
): (...args: [...Args, Command]) => Promise<void> {
  return async (...args) => {
    const command = args.pop() as Command;
    const options = command.optsWithGlobals<GlobalOptions>();
    const output = createOutput(options.json ?? false);
    try {
      refuseConnection(command.name(), options.connection);
      requireValues(command);
      process.exitCode = await work(contextOf(options, output), ...(args as unknown as Args));
    } catch (error) {
      process.exitCode = reportError(error, output);
    }
  };
}
