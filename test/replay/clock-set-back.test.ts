import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Replayer } from '../support/replayer.js';

const FOLDER = new URL('histories/', import.meta.url);
const HOUR_MS = 3_600_000;
/** A sample of where the clock is set back in one history: replaying all places of all of them takes minutes. */
const PLACES_MAX = 2;
/** They end by a sum of which the time that the activities took is a part, which no timer tells. */
const NOT_BY_TIMERS_ALONE = ['created-late.json', 'kill-not-confirmed.json', 'never-queued.json'];
interface Event {
  eventTime: string;
  eventType: string;
}
interface History {
  events: Event[];
}

const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json') && !NOT_BY_TIMERS_ALONE.includes(name) && !isNudged(historyOf(name)))
  .filter((name) => placesOf(historyOf(name)).length > 0);

let replayer: Replayer;

beforeAll(() => {
  replayer = new Replayer();
});
afterAll(() => replayer.close());

it.each(names)(
  'a timer that has fired has waited for its time, although the clock was set back an hour meanwhile: %s',
  async (name) => {
    const history = historyOf(name);
    for (const place of placesOf(history)) {
      const set = { events: history.events.map((event, at) => (at < place ? event : anHourEarlier(event))) };
      const replayed = replayer.replay(set, `recorded-${name.replace('.json', '')}`);
      await expect(replayed).resolves.toBeUndefined();
    }
  },
);

/** How long it had waited when a nudge came is told by the clock alone. */
function isNudged({ events }: History): boolean {
  return events.some(({ eventType }) => eventType === 'EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED');
}

function historyOf(name: string): History {
  return JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as History;
}

function placesOf({ events }: History): number[] {
  const all = events.flatMap(({ eventType }, at) => (eventType === 'EVENT_TYPE_TIMER_FIRED' ? [at] : []));
  const step = Math.max(1, Math.ceil(all.length / PLACES_MAX));
  return all.filter((_, at) => at % step === 0);
}

function anHourEarlier(event: Event): Event {
  return { ...event, eventTime: new Date(Date.parse(event.eventTime) - HOUR_MS).toISOString() };
}
