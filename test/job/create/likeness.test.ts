import { describe, expect, test } from 'vitest';
import { inMainBranch, isForMainBranch, isLike, likenessOf, type Sent } from '../../../src/job/create/likeness.js';

const SENT: Sent = { config: '7', rows: ['1', '2'], configData: { a: { b: 1, c: 'x' }, '#password': 'plain' } };

const VALUES = { values: [{ name: 'day', value: '1' }] };

describe('a job is like what was sent', () => {
  test.each<[string, object]>([
    ['shows the same', SENT],
    ['shows its ids as numbers and in another order', { ...SENT, rows: [2, 1] }],
    ['shows its fields in another order', { ...SENT, configData: { '#password': 'plain', a: { c: 'x', b: 1 } } }],
    ['shows its secrets encrypted', { ...SENT, configData: { ...SENT.configData, '#password': 'KBC::Encrypted' } }],
    [
      'shows what the server has resolved by itself',
      { ...SENT, tag: '1.2.3', parallelism: '2', backend: { type: 'small' } },
    ],
    ['leaves out what was sent', { config: '7' }],
  ])('when it %s', (_, shown) => {
    expect(isLike(shown as Sent, likenessOf(SENT))).toBe(true);
  });

  test.each<[string, object]>([
    ['other rows', { ...SENT, rows: ['1'] }],
    ['no rows', { ...SENT, rows: [] }],
    ['other data', { ...SENT, configData: { a: { b: 1, c: 'y' }, '#password': 'plain' } }],
    ['data without its secret', { ...SENT, configData: { a: { b: 1, c: 'x' } } }],
    ['another mode', { ...SENT, mode: 'debug' }],
    ['another configuration', { ...SENT, config: '8' }],
    ['tasks that were not asked for', { ...SENT, flowTasks: ['t'] }],
    ['values that were not sent', { ...SENT, variableValuesData: { values: [{ name: 'day', value: '1' }] } }],
    ['stored values that were not asked for', { ...SENT, variableValuesId: '12' }],
    ['a delay that was not asked for', { ...SENT, delayedStartTime: '2026-11-28T07:20:05.000Z' }],
    ['a branch, as long as it is not known for the main one', { ...SENT, branchId: '12' }],
  ])('not when it shows %s', (_, shown) => {
    expect(isLike(shown as Sent, likenessOf(SENT))).toBe(false);
  });

  test('when nothing was sent and an empty list is shown, as PHP writes an empty object', () => {
    const shown = { config: '7', configData: [], rows: [], flowTasks: [] } as unknown as Sent;
    expect(isLike(shown, likenessOf({ config: '7' }))).toBe(true);
    expect(isLike({ ...shown, configData: { a: 1 } }, likenessOf({ config: '7' }))).toBe(false);
  });

  test('when PHP has made a list of an object with the keys 0 and 1', () => {
    const sent = { configData: { a: { 0: 'x', 1: 'y' } } };
    expect(isLike({ configData: { a: ['x', 'y'] } }, likenessOf(sent))).toBe(true);
  });

  test('when it shows the number of the main branch, where none was sent', () => {
    const wanted = likenessOf(SENT);
    expect(isForMainBranch(wanted)).toBe(true);
    expect(isLike({ ...SENT, branchId: '12' }, inMainBranch(wanted, '12'))).toBe(true);
    expect(isForMainBranch(likenessOf({ ...SENT, branchId: '12' }))).toBe(false);
  });

  test.each<[string, Sent, object]>([
    ['a time', { delayedStartTime: '2026-11-28T08:20:05.9+01:00' }, { delayedStartTime: '2026-11-28T07:20:05.000Z' }],
    ['a delay', { delay: '5 minutes' }, { delayedStartTime: '2026-11-28T07:20:05.000Z' }],
    ['a size', { backend: { type: 'small', context: 'x' } }, { backend: { type: 'small' } }],
    ['values', { variableValuesData: VALUES }, { variableValuesData: { values: [{ value: '1', name: 'day' }] } }],
    ['values inline', { configData: { variableValuesData: VALUES } }, { variableValuesData: VALUES }],
    ['a stored row inline', { configData: { variableValuesId: '12' } }, { variableValuesId: '12' }],
  ])('when it shows %s as Keboola tells it', (_, sent, shown) => {
    expect(isLike(shown as Sent, likenessOf(sent))).toBe(true);
  });

  test.each<[string, Sent, object]>([
    ['time', { delayedStartTime: '2026-11-28T07:20:05Z' }, { delayedStartTime: '2026-11-28T07:20:06.000Z' }],
    ['size', { backend: { type: 'small' } }, { backend: { type: 'large' } }],
    ['value', { variableValuesData: VALUES }, { variableValuesData: { values: [{ name: 'day', value: '2' }] } }],
    ['value inline', { configData: { variableValuesData: VALUES } }, { variableValuesData: { values: [] } }],
  ])('not when it shows another %s', (_, sent, shown) => {
    expect(isLike(shown as Sent, likenessOf(sent))).toBe(false);
  });

  test('which stays small, however much was sent', () => {
    const configData = { big: 'x'.repeat(1_000_000) };
    expect(JSON.stringify(likenessOf({ config: '7', configData })).length).toBeLessThan(500);
  });
});
