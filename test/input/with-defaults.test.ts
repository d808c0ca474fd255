import { expect, test } from 'vitest';
import { withDefaults } from '../../src/input/with-defaults.js';

test('an input is completed with its defaults, and has its durations in milliseconds', () => {
  const input = { component: 'c', config: '1', queueTimeout: '90s', runTimeout: 5_000 };
  expect(withDefaults(input)).toEqual({
    component: 'c',
    config: '1',
    connection: 'default',
    mode: 'run',
    onWarning: 'accept',
    onTerminated: 'cancel',
    onAmbiguousCreate: 'fail',
    children: 'observe',
    queueTimeoutMs: 90_000,
    runTimeoutMs: 5_000,
  });
});

test('that jobs of others are let be need not be said', () => {
  const input = { component: 'c', config: '1' };
  expect(withDefaults({ ...input, onForeignJob: 'ignore' })).toEqual(withDefaults(input));
  expect(withDefaults({ ...input, onForeignJob: 'wait' })).toMatchObject({ onForeignJob: 'wait' });
});

test('what an input says is left as it is', () => {
  const said = { component: 'c', connection: 'eu', mode: 'debug', onWarning: 'fail' } as const;
  const more = { onTerminated: 'fail', onAmbiguousCreate: 'recreate', children: 'ignore' } as const;
  expect(withDefaults({ ...said, ...more })).toEqual({ ...said, ...more });
});
