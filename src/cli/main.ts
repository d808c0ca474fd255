#!/usr/bin/env node
import { stderr, stdout } from 'node:process';
import { CommanderError } from 'commander';
import { EXIT } from './exit-codes.js';
import { leave } from './leave.js';
import { createProgram } from './program.js';

// Who reads may go away first (`| head`); neither the work nor its exit code depends on it.
for (const stream of [stdout, stderr]) stream.on('error', () => undefined);

try {
  const program = createProgram();
  program.exitOverride();
  for (const command of program.commands) {
    command.exitOverride();
    for (const nested of command.commands) nested.exitOverride();
  }
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT.success : EXIT.usage;
}
await leave();
