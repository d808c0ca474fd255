import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PIPELINE_MEMO } from '../../../src/job/pipeline/result.js';
import { isBelow } from '../../../src/job/run-id.js';
import { rowsOf, storage } from '../../sandbox/storage-support.js';
import { causeOf, pipeline, PipelineLab, statuses, task, tasksOf } from '../../support/pipeline-lab.js';
import { CSV, TABLE } from '../../support/storage-lab.js';

let lab: PipelineLab;

beforeAll(async () => {
  lab = await PipelineLab.open();
});
beforeEach(async () => {
  lab.lab.sandbox.reset();
  await storage(lab.lab.sandbox, '/buckets', { method: 'POST', body: { name: 'main', stage: 'in' } });
});
afterAll(() => lab.close());

const importing = { import: { table: TABLE, source: { csv: CSV } } };
const deleting = { storage: { method: 'DELETE' as const, path: `tables/${TABLE}/rows?allowTruncate=1` } };

describe('a pipeline', () => {
  it('imports, runs a job, exports and calls Storage, all below its run id', async () => {
    const result = await lab.resultOf(
      pipeline([importing], [task('job')], [{ id: 'out', export: { table: TABLE } }], [{ id: 'empty', ...deleting }]),
    );
    const tasks = tasksOf(result);
    expect(statuses(result)).toEqual({
      [`import-${TABLE}`]: 'success',
      job: 'success',
      out: 'success',
      empty: 'success',
    });
    expect(tasks[`import-${TABLE}`]?.storage).toMatchObject({ table: TABLE, created: true, rows: 2 });
    expect(tasks['out']?.storage).toMatchObject({ csv: '"id","price"\n"1","10"\n"2","20"\n' });
    const runIds = Object.values(tasks).map(({ job, storage: told }) => (job ?? told)?.runId ?? '');
    expect(runIds.filter((runId) => isBelow(runId, result.rootRunId))).toHaveLength(4);
    expect(await rowsOf(lab.lab.sandbox, TABLE)).toEqual([]);
    expect(lab.lab.sandbox.counters).toMatchObject({ storagePosts: 3, posts: 1 });
  });

  it('fails with a task of Storage, and tries it again only for a reason that its author names', async () => {
    lab.lab.sandbox.faults.add({ route: 'tableCreate', jobFails: { code: 'internalError' }, times: 2 });
    const result = await lab.failedResultOf(
      pipeline([{ id: 'in', ...importing, retry: { attempts: 2, on: ['unknown'] } }]),
    );
    expect(tasksOf(result)['in']).toMatchObject({
      status: 'error',
      attempts: 2,
      error: { type: 'StorageJobFailed' },
      storage: { error: { code: 'internalError' } },
    });
  });

  it('does not ask again for what goes on after the timeout of its task', async () => {
    lab.lab.sandbox.faults.add({ route: 'tableCreate', jobSeconds: 100_000 });
    const rules = { timeout: '2s', retry: { attempts: 3, on: ['timeout' as const, 'unknown' as const] } };
    const result = await lab.failedResultOf(pipeline([{ id: 'in', ...importing, ...rules }]));
    expect(tasksOf(result)['in']).toMatchObject({ status: 'cancelled', error: { type: 'TimedOut' } });
    expect(tasksOf(result)['in']?.error?.message).toMatch(/over its timeout \(2 s\); job \d+ of Storage goes on/);
    expect(lab.lab.sandbox.counters.storagePosts).toBe(1);
  });

  it('closes as canceled, and says what goes on', async () => {
    lab.lab.sandbox.faults.add({ route: 'tableCreate', jobSeconds: 100_000 });
    const handle = await lab.start(pipeline([{ id: 'in', ...importing }]));
    await lab.jobOf(handle, 'in');
    await handle.cancel();
    expect((await causeOf(handle)).name).toBe('CancelledFailure');
    expect((await handle.describe()).memo?.[PIPELINE_MEMO]).toMatchObject({
      status: 'cancelled',
      phases: [{ tasks: [{ id: 'in', error: { message: expect.stringMatching(/may go on/) as string } }] }],
    });
  });

  it('names a connection that nobody knows before anything starts', async () => {
    const cause = await causeOf(await lab.start(pipeline([{ export: { table: TABLE, connection: 'none' } }])));
    expect(cause).toMatchObject({ type: 'InvalidInput' });
    expect(cause.message).toMatch(/phases.0.tasks.0.export.connection: Connection "none" is not known/);
  });
});
