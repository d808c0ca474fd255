import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobHandle } from '../../../src/client/handles/job-handle.js';
import { findByJobId } from '../../../src/client/list-jobs.js';
import { bareNamespace } from '../../support/bare-namespace.js';
import { connectToDevServer, type SharedDevServer } from '../../support/dev-server.js';
import { eventually } from '../../support/eventually.js';
import { openJobLab, scripted, type JobLab } from '../../support/job-lab.js';

let server: SharedDevServer;

beforeAll(async () => {
  server = await connectToDevServer();
});
afterAll(() => server.close());

async function begun({ keboola }: JobLab): Promise<{ handle: JobHandle; jobId: string }> {
  const { handle } = await keboola.start(scripted({ durationSeconds: 3_600 }));
  return { handle, jobId: (await handle.created()).jobId };
}

describe('a job that no list knows yet', () => {
  let lab: JobLab;

  beforeAll(async () => {
    lab = await openJobLab(server);
    // A workflow shows of which job it is once a read has ended, in whatever way.
    lab.sandbox.faults.add({ route: 'read', hang: true, times: 'always' });
  });
  afterAll(async () => {
    // The worker waits for what hangs otherwise.
    await lab.sandbox.close();
    await lab.close();
  });

  it('is found by its id, because its workflow knows it', async () => {
    const [{ handle, jobId }] = await Promise.all([begun(lab), begun(lab)]);
    expect((await lab.keboola.open(jobId)).workflowId).toBe(handle.workflowId);
    expect(await findByJobId(server.client, jobId)).toBeUndefined();
  });
});

describe('a job in a namespace without our search attributes', () => {
  let lab: JobLab;

  beforeAll(async () => {
    const client = await bareNamespace(server);
    const worker = { namespace: client.options.namespace };
    lab = await openJobLab({ client, nativeConnection: server.nativeConnection }, { worker });
  });
  afterAll(() => lab.close());

  it('is found, and by the workflow that has created it', async () => {
    const { handle, jobId } = await begun(lab);
    const { handle: waiting } = await lab.keboola.startWait({ jobId });
    await eventually(async () => expect((await waiting.snapshot()).job?.jobId).toBe(jobId));
    expect((await lab.keboola.open(jobId)).workflowId).toBe(handle.workflowId);
    await handle.cancel();
  });

  it('is found by the link to its page, and not by that of another project', async () => {
    const { handle, jobId } = await begun(lab);
    const { page = '' } = await handle.snapshot();
    expect((await lab.keboola.open(page)).workflowId).toBe(handle.workflowId);
    const elsewhere = page.replace(/projects\/\d+/, 'projects/77');
    await expect(lab.keboola.open(elsewhere)).rejects.toThrow(`No workflow of job ${jobId} in project 77 is known`);
    await handle.cancel();
  });
});
