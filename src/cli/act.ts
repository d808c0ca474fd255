import type { Command } from 'commander';
import { contextOf, type Context } from './context.js';
import { reportError } from './report-error.js';

/** Wraps a command's work: it gets its context, and its errors become a message and an exit code. */
export function act<Args extends unknown[]>(
  work: (context: Context, ...args: Args) => Promise<number>,
): (...args: [...Args, Command]) => Promise<void> {
  return async (...args) => {
    const command = args.pop() as Command;
    const context = contextOf(command);
    try {
      process.exitCode = await work(context, ...(args as unknown as Args));
    } catch (error) {
      process.exitCode = reportError(error, context.output);
    }
  };
}
