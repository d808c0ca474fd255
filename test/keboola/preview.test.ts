import { describe, expect, it } from 'vitest';
import type { RunJobInput } from '../../src/job/input.js';
import { previewCreate } from '../../src/keboola/preview.js';

const FLOW = 'keboola.flow';
const RUN_ID = '77.900000000000001';

const preview = (
  dialect: 'syrup' | 'queue',
  component: string,
  more: Partial<RunJobInput> = {},
): ReturnType<typeof previewCreate> =>
  previewCreate({ component, connection: 'default', runId: RUN_ID, ...more }, dialect);

describe('the run id of a creation that is previewed', () => {
  it.each([
    ['queue', 'ex-db', {}, RUN_ID],
    ['queue', 'ex-db', { createFence: 'none' }, undefined],
    ['queue', 'ex-db', { createFence: 'none', parentRunId: '77' }, '77'],
    ['queue', FLOW, {}, undefined],
    ['queue', FLOW, { parentRunId: '77' }, '77'],
    ['queue', FLOW, { createFence: 'run-id', parentRunId: '77' }, RUN_ID],
    ['syrup', FLOW, { parentRunId: '77' }, RUN_ID],
  ] as const)('is the one that is sent on %s for %s with %j: %s', (dialect, component, more, runId) => {
    expect(preview(dialect, component, more).headers['X-KBC-RunId']).toBe(runId);
  });

  it('may be another one where the connection decides, which it never does on Syrup', () => {
    expect(preview('queue', FLOW).fence).toEqual({ way: 'none', isDefault: true });
    expect(preview('queue', FLOW, { createFence: 'none' }).fence).toEqual({ way: 'none' });
    expect(preview('syrup', FLOW).fence).toEqual({ way: 'run-id' });
  });

  it('cannot be left out on Syrup', () => {
    expect(preview('syrup', FLOW, { createFence: 'none' }).fence.problem).toEqual({
      path: 'createFence',
      message: '"none" does not exist on Syrup, on which this project runs its jobs; use "run-id", or leave it out',
    });
  });
});

describe('a fence that is to be a variable', () => {
  const VALUES = { values: [{ name: 'day', value: '1' }] };
  const asked = (more: Partial<RunJobInput>): ReturnType<typeof previewCreate> =>
    preview('queue', 'ex-db', { config: '1', createFence: 'variable', ...more });

  it.each<[string, Partial<RunJobInput>]>([
    ['values of variables', { variableValuesData: VALUES }],
    ['stored values', { variableValuesId: '7' }],
    ['data with variables', { configData: { variables_id: '1', variables_values_id: '2' } }],
    ['a branch, of which nothing is known', { branchId: '77' }],
  ])('is a run id beside %s, which are sent as they are given', (_, more) => {
    const { fence, body, headers } = asked(more);
    expect(fence).toEqual({
      way: 'run-id',
      insteadOf: 'variable',
      note: expect.stringContaining('the configuration may have variables') as string,
    });
    expect(body).toEqual({ component: 'ex-db', config: '1', mode: 'run', ...more });
    expect(headers['X-KBC-RunId']).toBe(RUN_ID);
  });

  it('is one, unless the stored configuration has variables', () => {
    const { fence, body, headers } = asked({});
    expect(fence).toEqual({
      way: 'variable',
      note: expect.stringMatching(/^Where the configuration has variables/) as string,
    });
    expect(body).toHaveProperty('variableValuesData');
    expect(headers).not.toHaveProperty('X-KBC-RunId');
  });

  it('is one for certain beside data without variables', () => {
    expect(asked({ configData: {} }).fence).toEqual({ way: 'variable' });
  });
});
