import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../src/dev/ports.js';
import { GRPC } from '../../src/temporal/grpc-cause.js';
import { CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
import { startGrpcFront } from '../support/grpc-front.js';

/**
 * What a server of 1.29 with SQLite answers on a full disk, to whatever is about one workflow; its log alone names the disk
 * (seen with one on a tmpfs of 3 MiB, which not every machine lets a test have).
 */
const FULL = { code: GRPC.unavailable, words: 'shard status unknown' };
const STILL_ANSWERED = new Set(['Check', 'GetSystemInfo', 'DescribeNamespace', 'ListWorkflowExecutions']);
const SAID =
  'cannot write into its database (shard status unknown), mostly because its disk is full; the log of the server';

let lab: CliLab;

beforeAll(async () => {
  lab = await openCliLab();
  await lab.startWorker();
});
afterAll(async () => {
  await lab.expectNoToken();
  await lab.close();
});

// The client of Temporal tries again for half a minute.
describe.concurrent('a full disk of Temporal', () => {
  it('ends `run` with 7, and is told with what goes on and what to do, while `list` works', async ({
    onTestFinished,
  }) => {
    const { address } = await startGrpcFront(lab.address, {
      refuse: ({ method }) => (STILL_ANSWERED.has(method) ? undefined : FULL),
      atEnd: onTestFinished,
    });
    const env = { TEMPORAL_ADDRESS: address };
    const [run, list] = await Promise.all([lab.run(lab.scripted({}), env), lab.run(['list', '--since', '1h'], env)]);
    expect(run.stderr).toBe(
      `TemporalCannotWrite: Temporal at ${address} answers, and ${SAID} says why. Make room on that disk. What runs in Keboola ` +
        'goes on there meanwhile, and workflows go on by themselves as soon as it can write again.\n',
    );
    expect([run.code, list.code]).toEqual([7, 0]);
  });

  it('makes a worker not ready, is told once in its log, and is over by itself', async ({ onTestFinished }) => {
    let isFull = true;
    const { address } = await startGrpcFront(lab.address, {
      refuse: ({ method }) => (isFull && !STILL_ANSWERED.has(method) && !/^Poll/.test(method) ? FULL : undefined),
      atEnd: onTestFinished,
    });
    const port = String(await freePort());
    const KEBOOLA_TASK_QUEUE = lab.unique('full');
    const worker = lab.start(['worker', '--log-level', 'WARN', '--health-port', port], {
      TEMPORAL_ADDRESS: address,
      KEBOOLA_TASK_QUEUE,
      KBC_URL: lab.sandbox.url,
      KBC_TOKEN: CANARY_TOKEN,
    });
    await worker.says('Worker on task queue');
    const seen = async (): Promise<[number, unknown]> => {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
      return [answer.status, await answer.json()];
    };
    const reasons = [expect.stringContaining(SAID)];
    await eventually(async () =>
      expect(await seen()).toEqual([503, expect.objectContaining({ temporal: 'cannot-write', reasons })]),
    );
    isFull = false;
    await eventually(async () => expect(await seen()).toEqual([200, expect.objectContaining({ temporal: 'answers' })]));
    await worker.says(`[WARN] Temporal at ${address} answers, and ${SAID}`);
    expect(worker.stderr.split(SAID)).toHaveLength(2);
  });

  it('is told to whoever follows, and the job is found again when there is room', async ({ onTestFinished }) => {
    let isFull = false;
    const { address } = await startGrpcFront(lab.address, {
      refuse: ({ method }) => (isFull && !STILL_ANSWERED.has(method) ? FULL : undefined),
      atEnd: onTestFinished,
    });
    const env = { TEMPORAL_ADDRESS: address };
    const key = lab.unique('full');
    const run = lab.start([...lab.scripted({ durationSeconds: 3_600 }), '--key', key], env);
    await run.says('Started');
    isFull = true;
    const { code, stderr } = await run.end();
    expect(stderr).toContain(
      `TemporalLost: Temporal ${SAID} says why. Make room on that disk. What runs in Keboola goes on`,
    );
    expect(code).toBe(7);
    isFull = false;
    lab.sandbox.clock.advance(3_600_000);
    await eventually(async () => {
      const { stdout } = await lab.run(['status', lab.scriptedId(key)], env);
      expect(stdout).toContain('workflow completed');
    });
  });
});
