import type { ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startSandbox } from '../../../../src/sandbox/index.js';
import { eventually } from '../../../support/eventually.js';
import { startRawServer, type RawServer } from '../../../support/raw-server.js';
import { closeLater } from '../../support.js';
import { NOTIFICATION } from '../queue/contract/notification.js';
import { schemaProblem } from '../queue/contract/schema-of.js';
import { call, create, createScript, HTTP, queueSandbox } from '../queue/support.js';

type Lab = Awaited<ReturnType<typeof queueSandbox>>;
interface Told {
  [key: string]: unknown;
  eventType: string;
  job: Record<string, unknown> & { id: string };
}

/** So many are told at a time. */
const AT_ONCE = 20;
const ENDS = ['job-failed', 'job-succeeded', 'job-succeeded-with-warning'];

const receiver = (): Promise<RawServer> => startRawServer((response) => response.end());

/** @returns the ids of the subscriptions. */
async function subscribe(sandbox: Lab, url: string, events = ENDS, filters: object[] = []): Promise<string[]> {
  const ids: string[] = [];
  for (const event of events) {
    const body = { event, filters, recipient: { channel: 'webhook', url } };
    const { status, json } = await call(sandbox, 'POST /project-subscriptions', { body });
    expect(status).toBe(201);
    ids.push((json as { id: string }).id);
  }
  return ids;
}

/** What was received; each of it is held against the contract. */
const toldTo = ({ requests }: RawServer): Told[] =>
  requests.map(({ method, headers, body }) => {
    const json = JSON.parse(body) as Told;
    expect([method, headers['content-type'], schemaProblem(NOTIFICATION, json)]).toEqual([
      'POST',
      'application/json',
      undefined,
    ]);
    return json;
  });

/** Runs jobs one after another, and ends with one whose event shows that those before have had none. */
async function runToEnd(sandbox: Lab, ...scripts: object[]): Promise<string[]> {
  const ids: string[] = [];
  for (const script of scripts) {
    ids.push((await createScript(sandbox, script)).id);
    sandbox.clock.advance(20_000);
  }
  return ids;
}

/** Looks for what is to be told are made only by `look` from here on. */
function holdTheCourier(): { look: () => void } {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  return { look: () => vi.advanceTimersByTime(1_000) };
}

describe('a webhook', () => {
  it('is told once of each end of a job, with what Keboola tells and nothing else', async () => {
    const [sandbox, hook] = [await queueSandbox(), await receiver()];
    await subscribe(sandbox, hook.url);
    const { id } = await create(sandbox, { component: HTTP, config: 'user-error' });
    sandbox.clock.advance(20_000);
    await eventually(() => expect(hook.requests).toHaveLength(1));
    expect(toldTo(hook)).toEqual([
      {
        eventType: 'job-failed',
        job: {
          id,
          url: `${sandbox.url}/admin/projects/5555/jobs/${id}`,
          tasks: [],
          startTime: expect.any(String) as string,
          endTime: expect.any(String) as string,
          component: { id: HTTP, name: 'HTTP' },
          configuration: { id: 'user-error', name: 'user-error' },
        },
        branch: { id: '1' },
        project: { id: '5555', name: 'Queue' },
        errorMessage: 'Table "orders" does not exist.',
      },
    ]);
    const ids = await runToEnd(sandbox, { status: 'warning' }, {});
    await eventually(() => expect(hook.requests).toHaveLength(3));
    expect(toldTo(hook).slice(1)).toMatchObject([
      { eventType: 'job-succeeded-with-warning', job: { id: ids[0] } },
      { eventType: 'job-succeeded', job: { id: ids[1] } },
    ]);
  });

  it('hears nothing of a job that was terminated or cancelled', async () => {
    const [sandbox, hook] = [await queueSandbox(), await receiver()];
    await subscribe(sandbox, hook.url);
    const running = await createScript(sandbox, { durationSeconds: 600 });
    sandbox.clock.advance(5_000);
    const delayed = await create(sandbox, { component: HTTP, config: 'success', delay: 600 });
    for (const { id } of [running, delayed]) await call(sandbox, `POST /jobs/${id}/kill`);
    sandbox.clock.advance(20_000);
    const [last] = await runToEnd(sandbox, {});
    await eventually(() => expect(toldTo(hook).map(({ job }) => job.id)).toEqual([last]));
  });

  it.each([
    ['job.id', '==', true],
    ['job.component.id', '==', false],
    ['job.nothing', '==', false],
    ['branch.id', '<=', true],
    ['branch.id', '>', false],
    ['project.name', '<', false],
  ])('that is filtered by %s %s is told: %s', async (field, operator, isTold) => {
    const [sandbox, hook] = [await queueSandbox(), await receiver()];
    const { id } = await createScript(sandbox, {});
    const value = field === 'job.id' ? id : '1';
    await subscribe(sandbox, hook.url, ['job-succeeded'], [{ field, operator, value }]);
    await subscribe(sandbox, `${hook.url}/all`, ['job-succeeded']);
    sandbox.clock.advance(20_000);
    const paths = isTold ? ['/', '/all'] : ['/all'];
    await eventually(() => expect(hook.requests.map(({ path }) => path).sort()).toEqual(paths));
  });

  it('on another machine is never called, and one that fails is not called again', async () => {
    const [sandbox, hook] = [await queueSandbox(), await startRawServer((response) => response.writeHead(500).end())];
    const elsewhere = hook.url.replace('127.0.0.1', '127.0.0.1.nip.invalid');
    await subscribe(sandbox, elsewhere);
    await subscribe(sandbox, hook.url);
    const ids = await runToEnd(sandbox, {}, { status: 'error' });
    await eventually(() => expect(hook.requests).toHaveLength(2));
    expect(toldTo(hook).map(({ job }) => job.id)).toEqual(ids);
  });

  it('that was deleted is not told of what had ended before, not even once another one is there', async () => {
    const courier = holdTheCourier();
    const [sandbox, hook] = [await queueSandbox(), await receiver()];
    const subscriptions = await subscribe(sandbox, hook.url);
    await runToEnd(sandbox, {}, {});
    await call(sandbox, 'GET /search/jobs');
    for (const id of subscriptions) await call(sandbox, `DELETE /project-subscriptions/${id}`);
    courier.look();
    await subscribe(sandbox, `${hook.url}/another`);
    const [last] = await runToEnd(sandbox, {});
    courier.look();
    await eventually(() => expect(hook.requests).not.toEqual([]));
    expect(toldTo(hook).map(({ job }, at) => [hook.requests[at]?.path, job.id])).toEqual([['/another', last]]);
  });

  it('that is deleted while others are told is not told any more', async () => {
    const held: ServerResponse[] = [];
    const hook = await startRawServer((response) => void held.push(response));
    const sandbox = await queueSandbox();
    for (let i = 0; i < AT_ONCE; i++) await subscribe(sandbox, hook.url, ['job-succeeded']);
    const [id] = await subscribe(sandbox, `${hook.url}/deleted`, ['job-succeeded']);
    await subscribe(sandbox, `${hook.url}/last`, ['job-succeeded']);
    await runToEnd(sandbox, {});
    await eventually(() => expect(held).toHaveLength(AT_ONCE));
    await call(sandbox, `DELETE /project-subscriptions/${id}`);
    for (const response of held) response.end();
    await eventually(() => expect(hook.requests).toHaveLength(AT_ONCE + 1));
    expect(hook.requests.at(-1)?.path).toBe('/last');
  });

  it('is not followed to where it redirects', async () => {
    const [sandbox, target] = [await queueSandbox(), await receiver()];
    const hook = await startRawServer((response) => response.writeHead(307, { location: target.url }).end());
    await subscribe(sandbox, hook.url);
    await runToEnd(sandbox, {}, {});
    await eventually(() => expect(hook.requests).toHaveLength(2));
    expect(target.requests).toEqual([]);
  });

  it('is told although nobody asks the sandbox for anything meanwhile', async () => {
    const sandbox = closeLater(await startSandbox({ speed: 100 }));
    const hook = await receiver();
    await subscribe(sandbox, hook.url);
    const { id } = await create(sandbox, { component: HTTP, config: 'success' });
    await eventually(() => expect(toldTo(hook)).toMatchObject([{ eventType: 'job-succeeded', job: { id } }]));
  });
});
