import { describe, expect, test } from 'vitest';
import { isLike, likenessOf, type Sent } from '../../../src/job/create/likeness.js';

const SENT: Sent = { config: '7', rows: ['1', '2'], configData: { a: { b: 1, c: 'x' }, '#password': 'plain' } };

describe('a job is like what was sent', () => {
  test.each<[string, object]>([
    ['shows the same', SENT],
    ['shows its ids as numbers and in another order', { ...SENT, rows: [2, 1] }],
    ['shows its fields in another order', { ...SENT, configData: { '#password': 'plain', a: { c: 'x', b: 1 } } }],
    ['shows its secrets encrypted', { ...SENT, configData: { ...SENT.configData, '#password': 'KBC::Encrypted' } }],
    ['shows what the server has resolved by itself', { ...SENT, tag: '1.2.3', branchId: '12', parallelism: '2' }],
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

  test('which stays small, however much was sent', () => {
    const configData = { big: 'x'.repeat(1_000_000) };
    expect(JSON.stringify(likenessOf({ config: '7', configData })).length).toBeLessThan(400);
  });
});
