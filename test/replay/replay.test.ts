import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAILURE_TYPES } from '../../src/job/failure/failure-types.js';
import { Replayer } from '../support/replayer.js';

const FOLDER = new URL('histories/', import.meta.url);
const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .sort();

/** Failures that no recorded history ends with, and why. */
const NOT_RECORDED = new Set([
  // Thrown only for a fault of our own that no test knows how to make.
  'InternalError',
  // They end a workflow in its first activity exactly as InvalidInput does.
  'ConnectionNotUsable',
  'ProtocolError',
  'NoJobApi',
]);

/** As JSON has it, payloads in base64. */
interface RecordedEvent {
  eventId: string;
  eventType: string;
  userMetadata?: { summary?: { data: string } };
}

let replayer: Replayer;
/** Adds headers, and awaits nothing. */
let tracing: Replayer;

beforeAll(() => {
  replayer = new Replayer();
  tracing = new Replayer({ traces: true });
});
afterAll(() => Promise.all([replayer.close(), tracing.close()]));

describe('every recorded history', () => {
  it.each(names)('replays without a difference: %s', async (name) => {
    const history: unknown = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
    // A pipeline makes the ids of its children from its own, so it needs the one under which it was recorded.
    await replayer.replay(history, `recorded-${name.replace('.json', '')}`);
  });

  it.each(names)('replays without a difference on a worker that traces: %s', async (name) => {
    const history: unknown = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
    await tracing.replay(history, `recorded-${name.replace('.json', '')}`);
  });

  it('is noticed when the workflow would now do something else', async () => {
    const history = readFileSync(new URL('success.json', FOLDER), 'utf8').replaceAll('"createJob"', '"createTwoJobs"');
    await expect(replayer.replay(JSON.parse(history), 'altered')).rejects.toThrow(/TMPRL1100/);
  });
});

it('has a summary for people with every timer, of pipelines too', () => {
  const timers = names.flatMap((name) => {
    const { events } = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as { events: RecordedEvent[] };
    const started = events.filter(({ eventType }) => eventType === 'EVENT_TYPE_TIMER_STARTED');
    return started.map(({ eventId, userMetadata }) => ({ name, eventId, summary: userMetadata?.summary?.data ?? '' }));
  });
  expect(timers.some(({ name }) => name.startsWith('pipeline-'))).toBe(true);
  expect(timers.filter(({ summary }) => Buffer.from(summary, 'base64').toString().length < 4)).toEqual([]);
});

it('holds no token: not in plain, and not in a payload', () => {
  for (const name of names) {
    const json = readFileSync(new URL(name, FOLDER), 'utf8');
    const payloads = [...json.matchAll(/"data":"([^"]*)"/g)].map(([, data = '']) =>
      Buffer.from(data, 'base64').toString(),
    );
    expect(payloads.length).toBeGreaterThan(0);
    expect([json, ...payloads].filter((text) => text.includes('53044-sandbox'))).toEqual([]);
  }
});

it('has a recorded history for every type of failure', () => {
  const all = names.map((name) => readFileSync(new URL(name, FOLDER), 'utf8')).join('\n');
  const missing = Object.keys(FAILURE_TYPES).filter(
    (type) => !NOT_RECORDED.has(type) && !all.includes(`"type":"${type}"`),
  );
  expect(missing).toEqual([]);
});
