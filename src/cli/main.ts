#!/usr/bin/env node
import { argv, stderr, stdout } from 'node:process';
import { CommanderError } from 'commander';
import { commandAskedFor } from './command-names.js';
import { EXIT } from './exit/exit-codes.js';
import { leave } from './exit/leave.js';
import { standardOutput, takesNoMore } from '../operate/standard-output.js';
import { createOutput } from './text/output.js';
import { createProgram } from './program.js';
import { reportError } from './exit/report-error.js';
import { UsageError } from './exit/usage-error.js';
import { wantsJsonLog } from './service/wants-json-log.js';
import { endUnheard, keepNohup } from './signals.js';

endUnheard();
keepNohup();

// The reader may go away first (`| head`); neither the work nor its exit code depends on it.
for (const stream of [stdout, stderr]) stream.on('error', () => undefined);

/** If the command line cannot be parsed, there are no options to ask. */
const wantsJson = argv.includes('--json');
const isLog = wantsJsonLog(argv.slice(2));
standardOutput.onLoss((code) => createOutput(wantsJson, isLog).error(`${takesNoMore(code)}.`));

try {
  const program = await createProgram(wantsJson || isLog, commandAskedFor(argv.slice(2)));
  program.exitOverride();
  for (const command of program.commands) {
    command.exitOverride();
    for (const nested of command.commands) nested.exitOverride();
  }
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT.success : EXIT.usage;
  if ((wantsJson || isLog) && error.exitCode !== 0) {
    reportError(new UsageError(wordsOf(error)), createOutput(wantsJson, isLog));
  }
}
await leave();

/** Where a command is missing, commander prints help, and its error says no more than that. */
function wordsOf({ code, message }: CommanderError): string {
  return code === 'commander.help' ? 'a command is missing; --help lists them' : message.replace(/^error: /, '');
}
