import { describe, expect, it } from 'vitest';
import { SettingsError } from '../../src/input/settings-error.js';
import { readSettings } from '../../src/settings.js';

const LONG = 'q'.repeat(1_001);

describe.each([
  ['TEMPORAL_NAMESPACE', ['a\rb', 'a\nb', 'caf\u00e9', '\u540d', LONG]],
  ['KEBOOLA_TASK_QUEUE', ['a\rb', 'a\u0000b', '/_sys/x', LONG, '\u00e9'.repeat(501)]],
])('%s', (variable, names) => {
  it.each(names)('%j is refused before anything is asked, since no call could say why it fails', (name) => {
    const settings = (): unknown => readSettings({ [variable]: name });
    expect(settings).toThrow(SettingsError);
    expect(settings).toThrow(variable);
  });

  it.each(['default', 'team.account', 'a b', '_x', 'q'.repeat(1_000)])('%j is taken', (name) => {
    const { taskQueue, temporal } = readSettings({ [variable]: name });
    expect([taskQueue, temporal.namespace]).toContain(name);
  });
});

it('a task queue may have the letters of any language', () => {
  expect(readSettings({ KEBOOLA_TASK_QUEUE: 'fronta-\u010d' }).taskQueue).toBe('fronta-\u010d');
});

it.each([
  ['taskQueue', { KEBOOLA_TASK_QUEUE: '/_sys/x' }, '--task-queue begins with /_sys/, which Temporal keeps to itself.'],
  ['namespace', { TEMPORAL_NAMESPACE: LONG }, '--namespace is 1001 bytes long, and Temporal takes 1000 at most.'],
] as const)('a %s that an option has named is told by the option', (name, env, words) => {
  const [option = ''] = words.split(' ');
  expect(() => readSettings(env, { [name]: option })).toThrow(words);
});
