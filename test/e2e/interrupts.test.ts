import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCliLab, type CliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
import { startGrpcFront } from '../support/grpc-front.js';
import type { Process } from '../support/processes.js';

const JOB_OF_AN_HOUR = { durationSeconds: 3_600 };
/** A busy machine may let the three seconds between two presses go by, some times. */
const PRESSES_MAX = 5;

let lab: CliLab;

beforeAll(async () => {
  lab = await openCliLab();
  await lab.startWorker();
});
afterAll(async () => {
  await lab.expectNoToken();
  await lab.close();
});

async function running(...options: string[]): Promise<{ run: Process; workflowId: string; jobId: string }> {
  const run = lab.start([...lab.scripted(JOB_OF_AN_HOUR), ...options]);
  await run.says(/processing · job \d+/);
  const [, workflowId = ''] = /Started (\S+)/.exec(run.stderr) ?? [];
  const [, jobId = ''] = /job (\d+)/.exec(run.stderr) ?? [];
  return { run, workflowId, jobId };
}

/** Presses twice; whoever was late, and has detached by then, comes back to the job and does it again. @returns who was in time. */
async function pressedTwice(follower: Process, workflowId: string, pressesLeft = PRESSES_MAX): Promise<Process> {
  follower.signal('SIGINT');
  await follower.says('press Ctrl-C again');
  follower.signal('SIGINT');
  const isInTime = await follower.says('waiting until Keboola confirms').then(
    () => true,
    () => false,
  );
  if (isInTime) return follower;
  expect((await follower.end()).stderr).toContain('Detached');
  expect(pressesLeft).toBeGreaterThan(1);
  const again = lab.start(['follow', workflowId]);
  await again.says(/processing · job \d+/);
  return await pressedTwice(again, workflowId, pressesLeft - 1);
}

describe.concurrent('Ctrl-C on `run`', () => {
  it('detaches, says how to come back, and leaves the job alone', async () => {
    const { run, workflowId, jobId } = await running();
    run.signal('SIGINT');
    await run.says('press Ctrl-C again within 3 s to stop it.');
    const { code, stderr } = await run.end();
    expect(code).toBe(130);
    expect(stderr).toMatch(/within 3 s to stop it\.[^]*Detached/);
    expect(stderr).toContain(`keboola-temporal follow '${workflowId}'`);
    expect(stderr).toContain(`keboola-temporal cancel '${workflowId}'`);
    expect(await lab.statusOf(jobId)).toBe('processing');
    const { stdout } = await lab.run(['cancel', workflowId]);
    expect(stdout).toContain('Stopped.');
  });

  it('stops the job at a second press within three seconds, and leaves when Keboola has confirmed it', async () => {
    const { run, workflowId, jobId } = await running();
    const { code, stderr } = await (await pressedTwice(run, workflowId)).end();
    expect(code).toBe(4);
    expect(stderr).toContain(`Canceled; job ${jobId} ended terminated (killed-by-us).`);
    expect(await lab.statusOf(jobId)).toBe('terminated');
    expect(lab.sandbox.counters.killsByJob[jobId]).toBe(1);
  });

  it('stops the job at the first press with --on-interrupt cancel', async () => {
    const { run, jobId } = await running('--on-interrupt', 'cancel');
    const { code } = await run.signal('SIGINT').end();
    expect(code).toBe(4);
    expect(await lab.statusOf(jobId)).toBe('terminated');
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('is no way to stop a job by %s: it leaves with %i and the job goes on', async (signal, exit) => {
    const { run, workflowId, jobId } = await running();
    const { code, stderr } = await run.signal(signal).end();
    expect(code).toBe(exit);
    expect(stderr).toContain(`keboola-temporal follow '${workflowId}'`);
    expect(await lab.statusOf(jobId)).toBe('processing');
    await lab.run(['cancel', jobId]);
    expect(await lab.statusOf(jobId)).toBe('terminated');
  });

  it('tells a program in one JSON document that it has left the job alone', async ({ onTestFinished }) => {
    const key = lab.unique('json');
    const front = await startGrpcFront(lab.address, { refuse: () => undefined, atEnd: onTestFinished });
    const env = { TEMPORAL_ADDRESS: front.address };
    const run = lab.start([...lab.scripted(JOB_OF_AN_HOUR), '--json', '--key', key], env);
    const workflowId = lab.scriptedId(key);
    // It says nothing until its end; it follows the job once it waits for that of the workflow.
    await eventually(() => expect(front.passed).toContain('GetWorkflowExecutionHistory'));
    await lab.jobOf(workflowId);
    const { code, stdout } = await run.signal('SIGTERM').end();
    expect(code).toBe(143);
    expect(JSON.parse(stdout)).toMatchObject({ workflowId, detached: true, exitCode: 143 });
    await lab.run(['cancel', workflowId]);
  });
});

describe('Ctrl-C on `cancel`', () => {
  /** Longer than any test waits. */
  const SLOW_STOP = { ...JOB_OF_AN_HOUR, killLatencySeconds: 600 };

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s leaves, and says that the stop goes on, and how to watch it', async (signal, exit) => {
    const { workflowId, jobId } = await lab.begin(SLOW_STOP);
    const cancel = lab.start(['cancel', jobId]);
    await cancel.says('terminating');
    const { code, stderr } = await cancel.signal(signal).end();
    expect(code).toBe(exit);
    expect(stderr).toContain('Interrupted: the stop is requested and goes on');
    expect(stderr).toContain(`keboola-temporal follow '${workflowId}'`);
    expect(lab.sandbox.counters.killsByJob[jobId]).toBe(1);
  });

  it('of many says how many were asked to stop, to a program in one document', async () => {
    const jobs = await Promise.all([lab.begin(SLOW_STOP), lab.begin(SLOW_STOP)]);
    const query = jobs.map(({ workflowId }) => `WorkflowId = "${workflowId}"`).join(' OR ');
    const cancel = lab.start(['cancel', '--query', query, '--yes', '--json']);
    await eventually(() => {
      for (const { jobId } of jobs) expect(lab.sandbox.counters.killsByJob[jobId]).toBe(1);
    });
    const { code, stdout } = await cancel.signal('SIGINT').end();
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toEqual({
      error: {
        type: 'Interrupted',
        message: expect.stringMatching(/^2 of 2 were asked to stop, which goes on; 0 of them /) as string,
        exitCode: 130,
      },
    });
  });
});
