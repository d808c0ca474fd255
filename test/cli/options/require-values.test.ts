import { Command } from 'commander';
import { expect, it } from 'vitest';
import { requireValues } from '../../../src/cli/options/require-values.js';

/** Refuses what lacks a value on a command line, of options such as commands have them. */
async function refused(args: string[]): Promise<void> {
  const program = new Command('all').option('--json').option('-c, --connection <name>');
  const command = program
    .command('such')
    .argument('[name]')
    .option('--dry-run')
    .option('-o, --output <file>')
    .option('--address <host:port>', 'a default that nobody typed', '')
    .option('--delimiter <character>')
    .option('--enclosure <character>')
    .option('--columns <columns...>');
  command.action(() => undefined);
  await program.parseAsync(['such', ...args], { from: 'user' });
  requireValues(command);
}

it.each([
  [['--address', ''], '--address is empty'],
  [['--address='], '--address is empty'],
  [['--address', ' '], '--address is empty'],
  [['-o', ''], '--output is empty'],
  [[''], '<name> is empty'],
  [[' '], '<name> is empty'],
])('%j is refused, since it would silently stand for the default', async (args, words) => {
  await expect(refused(args)).rejects.toThrow(words);
});

it.each([
  [['--address', '--dry-run'], '--address has no value: the option "--dry-run" is in its place'],
  [['--address', '-o'], '--address has no value: the option "-o" is in its place'],
  [['--address', '--dryrun'], '--address has no value: the option "--dryrun" is in its place'],
  [['-c', '--dry-run'], '--connection has no value: the option "--dry-run" is in its place'],
  [['--columns', '--dry-run'], '--columns has no value: the option "--dry-run" is in its place'],
  [['--columns', 'a', '--address=--json'], '--address has no value: the option "--json" is in its place'],
])('%j is refused, since an option would silently not be there', async (args, words) => {
  await expect(refused(args)).rejects.toThrow(words);
});

it.each([
  [[]],
  [['--delimiter', ' ', '--enclosure', '']],
  [['--columns', '']],
  [['-o', '-']],
  [['--address', '-2 days']],
  [['--delimiter', '--']],
])('%j is taken', async (args) => {
  await expect(refused(args)).resolves.toBeUndefined();
});
