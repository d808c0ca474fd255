import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TemporalProbe, type Asked } from '../../../src/operate/service/temporal-probe.js';
import type { Obstacle } from '../../../src/temporal/obstacle.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const SETTINGS = { address: '127.0.0.1:1', namespace: 'default', connectionOptions: {} };
const EXPIRED: Obstacle = { kind: 'not-valid-now', detail: 'CERT_HAS_EXPIRED' };
const TOLD =
  "Temporal does not answer: its certificate is not valid today (CERT_HAS_EXPIRED). Renew the server's certificate";

/** An answer of gRPC. */
function answer(code: number, details: string): Error {
  return Object.assign(new Error(details), { code, details, metadata: {} });
}

interface Scene {
  probe: TemporalProbe;
  /** What Temporal does from now on. */
  now: { fails?: Error | undefined; obstacle?: Obstacle | undefined; ofWorkflow: Error };
  looks: () => number;
  /** How often it was asked about a workflow. */
  asked: () => number;
  log: string[];
}

function scene(): Scene {
  const now: Scene['now'] = { ofWorkflow: answer(5, 'workflow not found') };
  const log: string[] = [];
  let looks = 0;
  let asked = 0;
  const connection = {
    workflowService: {
      describeNamespace: () => (now.fails ? Promise.reject(now.fails) : Promise.resolve({})),
      describeWorkflowExecution: () => {
        asked += 1;
        return Promise.reject(now.ofWorkflow);
      },
    },
    withDeadline: (_: number, ask: () => Promise<unknown>) => ask(),
  } as unknown as Asked;
  const probe = new TemporalProbe(
    connection,
    SETTINGS,
    (level, sentence) => log.push(`${level} ${sentence}`),
    () => {
      looks += 1;
      return Promise.resolve(now.obstacle);
    },
  );
  return { probe, now, looks: () => looks, asked: () => asked, log };
}

it('looks for what stands in the way of a Temporal that falls silent, and the next probe tells of it', async () => {
  const { probe, now, log } = scene();
  now.fails = new Error('gone');
  now.obstacle = EXPIRED;
  expect(await probe.ask()).toEqual({ state: 'silent', reason: 'Temporal does not answer' });
  expect(await probe.ask()).toMatchObject({ state: 'silent', reason: expect.stringContaining(TOLD) as string });
  expect(log).toEqual([expect.stringContaining(`WARN ${TOLD}`)]);
});

it('looks once a minute at most, and tells the log of a change alone', async () => {
  const { probe, now, looks, log } = scene();
  now.fails = new Error('gone');
  now.obstacle = EXPIRED;
  for (let probes = 0; probes < 5; probes++) await probe.ask();
  expect(looks()).toBe(1);
  vi.advanceTimersByTime(60_000);
  await probe.ask();
  expect([looks(), log.length]).toEqual([2, 1]);
  now.obstacle = { kind: 'nobody-listens' };
  vi.advanceTimersByTime(60_000);
  await probe.ask();
  expect(await probe.ask()).toEqual({ state: 'silent', reason: 'Temporal does not answer: nobody listens there' });
  expect(log.slice(1)).toEqual(['WARN Temporal does not answer: nobody listens there']);
  delete now.fails;
  expect(await probe.ask()).toEqual({ state: 'answers' });
  await probe.ask();
  expect(log.slice(2)).toEqual(['INFO Temporal answers again']);
});

it('keeps no reason that is none any more, where Temporal stays silent or refuses us', async () => {
  const { probe, now, log } = scene();
  now.fails = new Error('gone');
  now.obstacle = { kind: 'nobody-listens' };
  await probe.ask();
  expect(await probe.ask()).toMatchObject({ reason: 'Temporal does not answer: nobody listens there' });
  delete now.obstacle;
  vi.advanceTimersByTime(60_000);
  await probe.ask();
  expect(await probe.ask()).toEqual({ state: 'silent', reason: 'Temporal does not answer' });
  expect(log.slice(1)).toEqual(['WARN Temporal does not answer']);
  now.obstacle = { kind: 'nobody-listens' };
  vi.advanceTimersByTime(60_000);
  await probe.ask();
  now.fails = answer(16, 'Request unauthorized.');
  expect(await probe.ask()).toMatchObject({ state: 'refuses' });
  now.fails = new Error('gone');
  expect(await probe.ask()).toEqual({ state: 'silent', reason: 'Temporal does not answer' });
});

it('looks each minute where it is asked each minute, however soon one request fails', async () => {
  const { probe, now, looks } = scene();
  now.fails = new Error('gone');
  await probe.ask();
  vi.advanceTimersByTime(60_000 - 800);
  await probe.ask();
  expect(looks()).toBe(2);
});

it('looks again soon where nothing was seen to stand in the way, as where one answer was late', async () => {
  const { probe, now, looks, log } = scene();
  now.fails = new Error('late');
  await probe.ask();
  now.obstacle = EXPIRED;
  await probe.ask();
  expect([looks(), log]).toEqual([1, []]);
  vi.advanceTimersByTime(5_000);
  await probe.ask();
  await probe.ask();
  expect([looks(), log]).toEqual([2, [expect.stringContaining(`WARN ${TOLD}`)]]);
});

it('tells of a key that is refused in the words of Temporal, without a look', async () => {
  const { probe, now, looks, log } = scene();
  now.fails = answer(16, 'Request unauthorized.');
  const seen = await probe.ask();
  expect(seen).toMatchObject({
    state: 'refuses',
    reason: expect.stringContaining('refuses us (Request unauth') as string,
  });
  await probe.ask();
  expect([looks(), log]).toEqual([0, [`WARN ${seen.reason ?? ''}`]]);
});

it('takes one that has too much to do for one that answers', async () => {
  const { probe, now } = scene();
  now.fails = answer(8, 'namespace rate limit exceeded');
  expect(await probe.ask()).toEqual({ state: 'answers' });
});

describe('a Temporal that cannot write', () => {
  const FULL = answer(14, 'shard status unknown');
  const SAID = expect.stringContaining('cannot write into its database (shard status unknown)') as string;

  it('is told by the next probe and once in the log, and that it can again', async () => {
    const { probe, now, log } = scene();
    const well = now.ofWorkflow;
    now.ofWorkflow = FULL;
    expect(await probe.ask()).toEqual({ state: 'answers' });
    for (let probes = 0; probes < 3; probes++)
      expect(await probe.ask()).toEqual({ state: 'cannot-write', reason: SAID });
    now.ofWorkflow = well;
    await probe.ask();
    expect(await probe.ask()).toEqual({ state: 'answers' });
    expect(log).toEqual([expect.stringMatching(/^WARN Temporal at .* cannot write/), 'INFO Temporal answers again']);
  });

  it('is told to the log as soon as it is known, and not only by the next probe', async () => {
    const { probe, now, log } = scene();
    now.ofWorkflow = FULL;
    await probe.ask();
    await vi.waitFor(() => expect(log).toEqual([SAID]));
  });

  it('is asked for again soon where nothing was answered', async () => {
    const { probe, now, asked } = scene();
    now.ofWorkflow = answer(4, 'deadline exceeded');
    await probe.ask();
    vi.advanceTimersByTime(5_000);
    now.ofWorkflow = FULL;
    await probe.ask();
    expect(asked()).toBe(2);
    expect(await probe.ask()).toEqual({ state: 'cannot-write', reason: SAID });
  });

  it('is told once, also where an answer is late meanwhile', async () => {
    const { probe, now, log } = scene();
    now.ofWorkflow = FULL;
    await probe.ask();
    await probe.ask();
    now.fails = new Error('late');
    await probe.ask();
    await probe.ask();
    delete now.fails;
    expect(await probe.ask()).toEqual({ state: 'cannot-write', reason: SAID });
    expect(log).toEqual([SAID]);
  });

  it('is asked for once a minute while all is well', async () => {
    const { probe, asked } = scene();
    for (let probes = 0; probes < 5; probes++) await probe.ask();
    expect(asked()).toBe(1);
    vi.advanceTimersByTime(60_000);
    await probe.ask();
    expect(asked()).toBe(2);
  });

  it('is not taken for well where it says nothing, and is where we may not ask', async () => {
    const { probe, now } = scene();
    now.ofWorkflow = FULL;
    await probe.ask();
    for (const silence of [answer(4, 'deadline exceeded'), answer(1, 'Timeout expired')]) {
      now.ofWorkflow = silence;
      await probe.ask();
      expect(await probe.ask()).toMatchObject({ state: 'cannot-write' });
    }
    now.ofWorkflow = answer(7, 'Request unauthorized.');
    await probe.ask();
    expect(await probe.ask()).toEqual({ state: 'answers' });
  });
});
