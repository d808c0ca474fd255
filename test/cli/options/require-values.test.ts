import { Command } from 'commander';
import { expect, it } from 'vitest';
import { refuseEmpty } from '../../../src/cli/options/refuse-empty.js';

/** Refuses what is empty on a command line, of options such as commands have them. */
async function refused(args: string[]): Promise<void> {
  const command = new Command('such')
    .option('-o, --output <file>')
    .option('--address <host:port>', 'a default that nobody typed', '')
    .option('--delimiter <character>')
    .option('--enclosure <character>')
    .option('--columns <columns...>');
  await command.action(() => undefined).parseAsync(args, { from: 'user' });
  refuseEmpty(command);
}

it.each([
  [['--address', ''], '--address is empty'],
  [['--address='], '--address is empty'],
  [['--address', ' '], '--address is empty'],
  [['-o', ''], '--output is empty'],
])('%j is refused, since it would silently stand for the default', async (args, words) => {
  await expect(refused(args)).rejects.toThrow(words);
});

it.each([[[]], [['--delimiter', ' ', '--enclosure', '']], [['--columns', '']], [['-o', '-']]])(
  '%j is taken',
  async (args) => {
    await expect(refused(args)).resolves.toBeUndefined();
  },
);
