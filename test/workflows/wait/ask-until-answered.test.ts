import { temporal } from '@temporalio/proto';
import { expect, it } from 'vitest';
import { startShortWindedServer } from '../../support/dev-server.js';
import { eventually } from '../../support/eventually.js';
import { scripted } from '../../support/job-lab.js';
import { sendSignals } from '../../support/send-signals.js';
import { useJobLab } from '../../support/use-job-lab.js';

const { EventType } = temporal.api.enums.v1;
/** A history of so many events goes on in a new run. */
const EVENTS_MAX = 100;
const NUDGES = 150;

const lab = useJobLab({ openServer: () => startShortWindedServer(EVENTS_MAX) });

it('a run that goes on in a new one rests first for as long as Keboola asks for: the new one asks at once', async () => {
  lab.sandbox.faults.add({ route: 'create', status: 429, headers: { 'retry-after': '2' }, times: 'always' });
  const handle = await lab.start(scripted({ durationSeconds: 1 }));
  const { runId } = await handle.describe();
  const first = lab.server.client.workflow.getHandle(handle.workflowId, runId);
  await sendSignals(handle, 'nudge', NUDGES);
  await eventually(async () => expect((await first.describe()).status.name).toBe('CONTINUED_AS_NEW'));
  await lab.server.client.workflow.getHandle(handle.workflowId).terminate();
  const types = ((await first.fetchHistory()).events ?? []).map(({ eventType }) => eventType);
  const isStep = (type: unknown): boolean =>
    type === EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED || type === EventType.EVENT_TYPE_TIMER_FIRED;
  expect(types.findLast(isStep)).toBe(EventType.EVENT_TYPE_TIMER_FIRED);
});
