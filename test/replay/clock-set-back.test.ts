import { readdirSync, readFileSync } from 'node:fs';
import { bundleWorkflowCode, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { beforeAll, expect, it } from 'vitest';
import { ourBundle } from '../../src/worker/workflow-code.js';
import '../support/quiet-sdk.js';

const FOLDER = new URL('histories/', import.meta.url);
const HOUR_MS = 3_600_000;
/** A sample of where the clock is set back in one history: replaying all places of all of them takes minutes. */
const PLACES_MAX = 3;

interface Event {
  eventTime: string;
  eventType: string;
}
interface History {
  events: Event[];
}

let workflowBundle: WorkflowBundleWithSourceMap;

beforeAll(async () => {
  workflowBundle = await bundleWorkflowCode(ourBundle());
});

it.each(readdirSync(FOLDER).filter((name) => name.endsWith('.json')))(
  'a timer that has fired has waited for its time, although the clock was set back an hour meanwhile: %s',
  async (name) => {
    const history = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as History;
    for (const place of placesOf(history)) {
      const set = { events: history.events.map((event, at) => (at < place ? event : anHourEarlier(event))) };
      await Worker.runReplayHistory({ workflowBundle }, set, `recorded-${name.replace('.json', '')}`);
    }
    expect(history.events.length).toBeGreaterThan(0);
  },
);

function placesOf({ events }: History): number[] {
  const all = events.flatMap(({ eventType }, at) => (eventType === 'EVENT_TYPE_TIMER_FIRED' ? [at] : []));
  const step = Math.max(1, Math.ceil(all.length / PLACES_MAX));
  return all.filter((_, at) => at % step === 0);
}

function anHourEarlier(event: Event): Event {
  return { ...event, eventTime: new Date(Date.parse(event.eventTime) - HOUR_MS).toISOString() };
}
