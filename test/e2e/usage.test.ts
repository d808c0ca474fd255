import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCliLab, type CliLab } from '../support/cli-lab.js';

let lab: CliLab;

beforeAll(async () => {
  lab = await openCliLab();
});
afterAll(async () => {
  await lab.close();
});

const MISTAKES: [string, string[], string][] = [
  ['an option that is none', ['list', '--nope'], "unknown option '--nope'"],
  ['an option without its value', ['run', 'ex-db', 'x', '--row'], "option '--row <id>' argument missing"],
  ['a value that is none of the choices', ['wait', '1', '--on-cancel', 'x'], 'is invalid. Allowed choices are'],
  ['a number that is none', ['list', '--limit', 'many'], 'Expected a whole number from 1 to 1000.'],
  ['an option with nothing in it', ['list', '--component', ''], '--component is empty'],
  ['an address of a worker with nothing in it', ['worker', '--address', ''], '--address is empty'],
  ['a settings file of a worker without a name', ['worker', '--config-file='], '--config-file is empty'],
  [
    'a file for rows that nobody waits for',
    ['export', 'in.c-main.t', '-o', 'rows.csv', '--detach'],
    'leave out -o, or --detach',
  ],
  ['an argument that is missing', ['status'], "missing required argument 'id'"],
  ['a command that is none', ['lst'], "unknown command 'lst'"],
  ['a mistake of a command below another', ['pipeline', 'run'], "missing required argument 'file'"],
];

describe.concurrent('a mistake on the command line', () => {
  it.each(MISTAKES)('is one JSON document for programs: %s', async (_, args, words) => {
    const { code, stdout, stderr } = await lab.run([...args, '--json']);
    const message = expect.stringContaining(words) as string;
    expect(JSON.parse(stdout)).toEqual({ error: { type: 'UsageError', message, exitCode: 2 } });
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
  });

  it.each(MISTAKES)('begins for people as every error does: %s', async (_, args, words) => {
    const { code, stdout, stderr } = await lab.run(args);
    expect(stderr).toMatch(/^UsageError: /);
    expect(stderr).toContain(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

it('the lack of a command is told to programs in words', async () => {
  const { code, stdout } = await lab.run(['--json']);
  const message = 'a command is missing; --help lists them';
  expect(JSON.parse(stdout)).toEqual({ error: { type: 'UsageError', message, exitCode: 2 } });
  expect(code).toBe(2);
});

it.each(['status', 'follow', 'logs', 'tree', 'rerun-plan', 'cancel'])(
  'the help of `%s` says that a link is taken in the place of an id',
  async (command) => {
    const { code, stdout } = await lab.run([command, '--help']);
    expect(stdout).toMatch(/\bid +workflow id, Keboola job id, or a link to either/);
    expect(code).toBe(0);
  },
);
