import type { WorkflowHandle } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { afterEach, expect, it } from 'vitest';
import { startShortWindedServer } from '../../support/dev-server.js';
import { eventually } from '../../support/eventually.js';
import { scripted } from '../../support/job-lab.js';
import { sendSignals } from '../../support/send-signals.js';
import { useJobLab } from '../../support/use-job-lab.js';

const { EventType } = temporal.api.enums.v1;
type HistoryEvent = temporal.api.history.v1.IHistoryEvent;
/** A history of so many events goes on in a new run. */
const EVENTS_MAX = 100;
const NUDGES = 150;

const QUESTIONS: unknown[] = ['createJob', 'readJob'];

const lab = useJobLab({ openServer: () => startShortWindedServer(EVENTS_MAX) });

afterEach(() => lab.sandbox.faults.clear());

it.each([
  ['waits for its job', 'read'],
  ['creates its job', 'create'],
] as const)('a run that %s and goes on in a new one rests first for as long as Keboola asks for', async (_, route) => {
  lab.sandbox.faults.add({ route, status: 429, headers: { 'retry-after': '2' }, times: 'always' });
  const handle = await lab.start(scripted({ durationSeconds: 60 }));
  const { runId } = await handle.describe();
  const first = lab.server.client.workflow.getHandle(handle.workflowId, runId);
  await sendSignals(handle, 'nudge', NUDGES);
  await eventually(async () => expect((await first.describe()).status.name).toBe('CONTINUED_AS_NEW'));
  const next = lab.server.client.workflow.getHandle(handle.workflowId);
  // The pause is over, so the next run asks before it starts any timer.
  await eventually(async () => expect((await firstSteps(next)).length).toBeGreaterThan(0));
  expect((await firstSteps(next))[0]).not.toBe(EventType.EVENT_TYPE_TIMER_STARTED);
  await next.terminate();
  const events = (await first.fetchHistory()).events ?? [];
  const asked = events.findLastIndex(isQuestion);
  expect(asked).toBeGreaterThan(0);
  const fired = events.findLastIndex(({ eventType }) => eventType === EventType.EVENT_TYPE_TIMER_FIRED);
  expect(fired).toBeGreaterThan(asked);
});

async function firstSteps(run: WorkflowHandle): Promise<unknown[]> {
  const events = (await run.fetchHistory()).events ?? [];
  const steps = events.filter((event) => isQuestion(event) || event.eventType === EventType.EVENT_TYPE_TIMER_STARTED);
  return steps.map(({ eventType }) => eventType);
}

/** Also the marker of a local activity, as which a read begins. */
function isQuestion({ eventType, activityTaskScheduledEventAttributes: scheduled }: HistoryEvent): boolean {
  if (eventType === EventType.EVENT_TYPE_MARKER_RECORDED) return true;
  return QUESTIONS.includes(scheduled?.activityType?.name);
}
