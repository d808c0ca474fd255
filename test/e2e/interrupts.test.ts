import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCliLab, type CliLab } from '../support/cli-lab.js';
import type { Process } from '../support/processes.js';

const JOB_OF_AN_HOUR = { durationSeconds: 3_600 };

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

describe.concurrent('Ctrl-C on `run`', () => {
  it('detaches, says how to come back, and leaves the job alone', async () => {
    const { run, workflowId, jobId } = await running();
    run.signal('SIGINT');
    await run.says('press Ctrl-C again within 3 s to stop it.');
    expect(run.stderr).not.toContain('Detached');
    const { code, stderr } = await run.end();
    expect(code).toBe(130);
    expect(stderr).toContain(`keboola-temporal follow '${workflowId}'`);
    expect(stderr).toContain(`keboola-temporal cancel '${workflowId}'`);
    expect(await lab.statusOf(jobId)).toBe('processing');
    const { stdout } = await lab.run(['cancel', workflowId]);
    expect(stdout).toContain('Stopped.');
  });

  it('stops the job at a second press within three seconds, and leaves when Keboola has confirmed it', async () => {
    const { run, jobId } = await running();
    run.signal('SIGINT');
    await run.says('press Ctrl-C again');
    run.signal('SIGINT');
    await run.says('this waits until Keboola confirms');
    const { code, stderr } = await run.end();
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

  it('tells a program in one JSON document that it has left the job alone', async () => {
    const key = lab.unique('json');
    const run = lab.start([...lab.scripted(JOB_OF_AN_HOUR), '--json', '--key', key]);
    const workflowId = lab.scriptedId(key);
    await lab.jobOf(workflowId);
    const { code, stdout } = await run.signal('SIGTERM').end();
    expect(code).toBe(143);
    expect(JSON.parse(stdout)).toMatchObject({ workflowId, detached: true, exitCode: 143 });
    await lab.run(['cancel', workflowId]);
  });
});
