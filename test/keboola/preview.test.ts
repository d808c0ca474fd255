import { describe, expect, it } from 'vitest';
import { previewCreate } from '../../src/keboola/preview.js';

const FLOW = 'keboola.flow';
const RUN_ID = '77.900000000000001';

const preview = (
  dialect: 'syrup' | 'queue',
  component: string,
  more: { createFence?: 'run-id' | 'none'; parentRunId?: string } = {},
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
      message: '"none" does not exist on the job API of this project; use "run-id", or leave it out',
    });
  });
});
