import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closedPort } from '../support/broken-servers.js';
import { CANARY_TOKEN, GOES_ON, openCliLab, type CliLab } from '../support/cli-lab.js';

const labs: CliLab[] = [];

afterAll(async () => {
  for (const lab of labs) {
    await lab.expectNoToken();
    await lab.close();
  }
});

/** Workers are ended here, so each test has a task queue of its own. */
async function ownLab(): Promise<CliLab> {
  const lab = await openCliLab();
  labs.push(lab);
  return lab;
}

describe.concurrent('a worker that goes away while a job runs', () => {
  it('may be killed with -9: the next one finishes the same job, and Keboola has seen one POST', async () => {
    const lab = await ownLab();
    const worker = await lab.startWorker();
    const run = lab.start([...lab.scripted({ durationSeconds: 8 }), '--json', '--key', lab.taskQueue]);
    const jobId = await lab.jobOf(lab.scriptedId(lab.taskQueue));
    expect((await worker.signal('SIGKILL').end()).signal).toBe('SIGKILL');
    await lab.startWorker();
    const { code, stdout } = await run.end();
    const result = JSON.parse(stdout) as { jobId: string; status: string; endTime: string };
    expect(code).toBe(0);
    expect(result).toMatchObject({ jobId, status: 'success', outcome: 'finished' });
    expect(lab.sandbox.counters).toMatchObject({ posts: 1, jobs: 1 });
    const lateMs = Date.now() - Date.parse(result.endTime);
    process.stderr.write(`kill -9: the answer came ${(lateMs / 1_000).toFixed(1)} s after the end of the job\n`);
  });

  it('ends with 0 at SIGTERM while the job goes on, and the next one goes on with the same job', async () => {
    const lab = await ownLab();
    const worker = await lab.startWorker();
    const run = lab.start([...lab.scripted({ durationSeconds: 3_600 }), '--json', '--key', lab.taskQueue]);
    const jobId = await lab.jobOf(lab.scriptedId(lab.taskQueue));
    expect(await worker.signal('SIGTERM').end()).toMatchObject({ code: 0, signal: null });
    expect(['waiting', 'processing']).toContain(await lab.statusOf(jobId));
    lab.sandbox.clock.advance(3_600_000);
    await lab.startWorker();
    const { code, stdout } = await run.end();
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ jobId, status: 'success' });
    expect(lab.sandbox.counters.posts).toBe(1);
  });
});

describe.concurrent('a worker that cannot work says so at once', () => {
  const token = { KBC_TOKEN: CANARY_TOKEN };
  let lab: CliLab;
  beforeAll(async () => {
    lab = await ownLab();
  });

  it.each([
    ['without a Keboola', token, 'No Keboola project: set KBC_URL and KBC_TOKEN.'],
    ['without a token', { KBC_URL: 'https://connection.keboola.com' }, 'has no Storage token. Set KBC_TOKEN.'],
    ['over plain http', { ...token, KBC_URL: 'http://connection.keboola.com' }, 'Use https, or list the host in'],
    ['with a password in the address', { ...token, KBC_URL: `https://me:${CANARY_TOKEN}@k.com` }, 'remove them'],
    [
      'with a wrong profile',
      { ...token, KBC_URL: 'https://k.com', TEMPORAL_PROFILE: 'none' },
      "Profile 'none' (TEMPORAL_PROFILE) not found",
    ],
  ])('%s', async (_, env, message) => {
    const { code, stderr } = await lab.processes.cli(['worker'], env).end();
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr.replace(`${GOES_ON}\n`, '').trim().split('\n')).toHaveLength(1);
  });

  it('where Temporal is not there', async () => {
    const address = `127.0.0.1:${await closedPort()}`;
    const env = { ...token, KBC_URL: lab.sandbox.url, TEMPORAL_ADDRESS: address };
    const { code, stderr } = await lab.processes.cli(['worker'], env).end();
    expect(code).toBe(7);
    expect(stderr).toContain(`Cannot reach Temporal at ${address}`);
    expect(stderr).toContain('keboola-temporal dev');
  });
});
