import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES, commandAskedFor } from '../../src/cli/command-names.js';
import { createProgram } from '../../src/cli/program.js';

describe('the command that a line asks for', () => {
  it.each([
    ['run', 'run ex-db sampledatabase'],
    ['run', '--json run ex-db'],
    ['run', '-c second run ex-db'],
    ['run', '--connection list run ex-db'],
    ['list', '--connection=second list'],
    ['list', 'list --connection run'],
    ['list', '-csecond list --help'],
    ['pipeline', 'pipeline run nightly.yaml'],
  ])('is %s in "%s"', (name, line) => {
    expect(commandAskedFor(line.split(' '))).toBe(name);
  });

  it.each([
    '',
    '--help',
    '--version',
    'help run',
    'lsit',
    '-c run',
    'constructor',
    '--help run',
    '-h run',
    '-c x --help run',
    '--typo run',
  ])('is none in "%s"', (line) => {
    expect(commandAskedFor(line.split(' '))).toBeUndefined();
  });

  it('is all that is loaded', async () => {
    for (const name of COMMAND_NAMES) {
      const program = await createProgram(false, name);
      expect(program.commands.map((command) => command.name())).toEqual([name]);
    }
  });
});

it('help shows every command, in their order', async () => {
  const program = await createProgram(false);
  expect(program.commands.map((command) => command.name())).toEqual(COMMAND_NAMES);
});
