import { expect, it } from 'vitest';
import { scripted, settled } from '../support/job-lab.js';
import { lateEvents, stepsAgain } from '../support/late-events.js';
import { useJobLab } from '../support/use-job-lab.js';

const lab = useJobLab();

it.concurrent.each([1, 4, 12])(
  'writes at most 13 + 6 events per read, plus one per status that a read shows, for a job of %i s',
  async (durationSeconds) => {
    const handle = await lab.start(scripted({ durationSeconds }));
    const { result } = await settled(handle);
    const polls = result?.polls ?? 0;
    const statusesRead = 2; // processing, success
    const events = await lab.events(handle.workflowId);
    expect(polls).toBeGreaterThan(0);
    const reads = lab.sandbox.counters.readsByJob[result?.jobId ?? ''] ?? 0;
    expect(reads).toBeGreaterThanOrEqual(polls);
    expect(reads).toBeLessThanOrEqual(polls + stepsAgain(events));
    expect(events.length - lateEvents(events)).toBeLessThanOrEqual(13 + 6 * polls + statusesRead);
  },
);

it.concurrent('shows the job in the search attributes, the run id included', async () => {
  const handle = await lab.start({ component: 'ex-db', config: 'sampledatabase' });
  const { result } = await settled(handle);
  const { typedSearchAttributes } = await handle.describe();
  const shown = Object.fromEntries(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]));
  expect(shown).toMatchObject({
    KeboolaProject: '1134',
    KeboolaComponent: 'ex-db',
    KeboolaConfig: 'sampledatabase',
    KeboolaJobId: result?.jobId,
    KeboolaRunId: result?.runId,
    KeboolaStatus: 'success',
  });
});

it.concurrent('tells of a job that has ended by the first read with one event', async () => {
  const handle = await lab.start(scripted({ durationSeconds: 0 }));
  await settled(handle);
  const events = await lab.events(handle.workflowId);
  expect(events.filter((event) => event.upsertWorkflowSearchAttributesEventAttributes)).toHaveLength(1);
});

it.concurrent('carries the fence as the run id of the creating POST, under the parent run id', async () => {
  const handle = await lab.start({ ...scripted({ durationSeconds: 1 }), parentRunId: '123.456' });
  const { result } = await settled(handle);
  expect(result?.runId).toMatch(/^123\.456\.9\d{14}\.\d+$/);
});
