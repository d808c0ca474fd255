import type { WorkflowHandle } from '@temporalio/client';
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyMissing } from '../../src/temporal/encryption/payload-key-error.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { eventually } from '../support/eventually.js';
import { openJobLab, scripted, settled, type JobLab } from '../support/job-lab.js';
import '../support/quiet-sdk.js';

let server: SharedDevServer;

beforeAll(async () => {
  server = await connectToDevServer();
});
afterAll(() => server.close());

/** What has a text in it, in an activity. */
function has(text: string, payloads: Payload[], context: SerializationContext | undefined): boolean {
  return context?.type === 'activity' && payloads.some(({ data }) => Buffer.from(data ?? []).includes(text));
}

/** As one of several workers has it that lacks the key: nothing with this text is read by it, until the key is there. */
class Away implements PayloadCodec {
  isThere = false;

  constructor(private readonly text: string) {}

  encode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.resolve(payloads);
  }

  decode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    const isUnread = !this.isThere && has(this.text, payloads, context);
    return isUnread ? Promise.reject(keyMissing('2026', [])) : Promise.resolve(payloads);
  }
}

async function labWith(codec: PayloadCodec): Promise<JobLab> {
  return await openJobLab(server, { speed: 60, worker: { dataConverter: { payloadCodecs: [codec] } } });
}

/** The types with which activities of these names have failed. */
async function failuresOf(lab: JobLab, { workflowId }: WorkflowHandle): Promise<(string | null | undefined)[]> {
  const events = await lab.events(workflowId);
  return events.flatMap(({ activityTaskFailedEventAttributes: failed }) =>
    failed ? [failed.failure?.applicationFailureInfo?.type] : [],
  );
}

async function activitiesOf(lab: JobLab, { workflowId }: WorkflowHandle): Promise<string[]> {
  const events = await lab.events(workflowId);
  return events.flatMap((event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? []);
}

const STORAGE = { method: 'POST', path: 'workspaces?async=true', body: { backend: 'snowflake' } };
const CALL = { component: 'keboola.ex-db-mysql', action: 'testConnection', configData: { parameters: {} } };

describe.concurrent('an order that comes to a worker without the key', () => {
  it.each([
    ['runJob', 'createJob', 'originalRunId', scripted({ durationSeconds: 1 })],
    ['runStorageJob', 'createStorageJob', 'originalRunId', STORAGE],
    ['callAction', 'callAction', 'testConnection', CALL],
  ])('was not carried out: %s orders %s again, and searches for nothing', async (workflow, activity, text, input) => {
    const codec = new Away(text);
    const lab = await labWith(codec);
    const handle = await lab.start(input, undefined, workflow);
    await eventually(async () => expect(await failuresOf(lab, handle)).toContain('UndecodedPayload'));
    codec.isThere = true;
    const { error } = await settled(handle);
    expect(error).toBeUndefined();
    const activities = await activitiesOf(lab, handle);
    expect(activities.filter((name) => name === activity).length).toBeGreaterThan(1);
    expect(activities.filter((name) => name.startsWith('search'))).toEqual([]);
    expect((await failuresOf(lab, handle)).filter((type) => type !== 'UndecodedPayload')).toEqual([]);
    await lab.close();
  });
});

it('an order whose outcome cannot be told was perhaps carried out: its job is searched for, and there is one', async () => {
  const codec: PayloadCodec = {
    encode: (payloads, context) =>
      has('"accepted"', payloads, context) ? Promise.reject(new Error('no more keys')) : Promise.resolve(payloads),
    decode: (payloads) => Promise.resolve(payloads),
  };
  const lab = await labWith(codec);
  const handle = await lab.start(scripted({ durationSeconds: 1 }));
  expect((await settled(handle)).error).toBeUndefined();
  expect(await activitiesOf(lab, handle)).toContain('searchJob');
  expect(lab.sandbox.counters).toMatchObject({ posts: 1, jobs: 1 });
  await lab.close();
});
