import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobHandle } from '../../../src/client/handles/job-handle.js';
import { findByJobId } from '../../../src/client/list-jobs.js';
import { bareNamespace } from '../../support/bare-namespace.js';
import { connectToDevServer, type SharedDevServer } from '../../support/dev-server.js';
import { eventually } from '../../support/eventually.js';
import { openJobLab, scripted, type JobLab } from '../../support/job-lab.js';

let server: SharedDevServer;
let lab: JobLab;

beforeAll(async () => {
  server = await connectToDevServer();
  lab = await openJobLab(server);
  // Without a read no workflow shows of which job it is.
  lab.sandbox.faults.add({ route: 'read', status: 503, times: 'always' });
});
afterAll(async () => {
  lab.sandbox.faults.clear();
  await lab.close();
  await server.close();
});

async function begun(): Promise<{ handle: JobHandle; jobId: string }> {
  const { handle } = await lab.keboola.start(scripted({ durationSeconds: 3_600 }));
  return { handle, jobId: (await handle.created()).jobId };
}

describe.concurrent('a job that no list knows yet', () => {
  it('is found by its id, because its workflow knows it', async () => {
    const [{ handle, jobId }] = await Promise.all([begun(), begun()]);
    expect((await lab.keboola.open(jobId)).workflowId).toBe(handle.workflowId);
    expect(await findByJobId(server.client, jobId)).toBeUndefined();
    await handle.cancel();
  });

  it('is found by the link to its page, and not by that of another project', async () => {
    const { handle, jobId } = await begun();
    const { page = '' } = await handle.snapshot();
    expect((await lab.keboola.open(page)).workflowId).toBe(handle.workflowId);
    const elsewhere = page.replace(/projects\/\d+/, 'projects/77');
    await expect(lab.keboola.open(elsewhere)).rejects.toThrow(`No workflow of job ${jobId} in project 77 is known`);
    await handle.cancel();
  });
});

it('a job in a namespace without our search attributes is found, and by the workflow that has created it', async () => {
  const client = await bareNamespace(server);
  const { nativeConnection } = server;
  const bare = await eventually(() =>
    openJobLab({ client, nativeConnection }, { worker: { namespace: client.options.namespace } }),
  );
  const { handle } = await bare.keboola.start(scripted({ durationSeconds: 3_600 }));
  const { jobId } = await handle.created();
  const { handle: waiting } = await bare.keboola.startWait({ jobId });
  await eventually(async () => expect((await waiting.snapshot()).job?.jobId).toBe(jobId));
  expect((await bare.keboola.open(jobId)).workflowId).toBe(handle.workflowId);
  await handle.cancel();
  await waiting.cancel();
  await bare.close();
});
