import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitForCreatedUpdate, type JobSnapshot } from '../../src/job/messages.js';
import { readConnectionsFile } from '../../src/keboola/connection/connections-file.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { eventually } from '../support/eventually.js';
import { openJobLab, scripted, settled } from '../support/job-lab.js';
import { tempFolder } from '../support/temp-folder.js';
import { endInKeboola, UNTIL_ENDED } from '../support/until-ended.js';

let server: SharedDevServer;
let finance: Sandbox;

beforeAll(async () => {
  server = await connectToDevServer();
  finance = await startSandbox();
});
afterAll(async () => {
  await finance.close();
  await server.close();
});

it('a job runs in the project that it names, and survives a token that is renewed in its file meanwhile', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'token'), finance.token);
  const connections = { finance: { url: finance.url, tokenFile: 'token' } };
  await writeFile(join(folder, 'connections.json'), JSON.stringify({ connections }));
  const lab = await openJobLab(server, {
    connections: readConnectionsFile(join(folder, 'connections.json'), () => undefined),
  });
  try {
    const handle = await lab.start({ ...scripted(UNTIL_ENDED), connection: 'finance' });
    const { jobId } = await handle.executeUpdate(waitForCreatedUpdate);
    await writeFile(join(folder, 'token'), '1134-1-revokedrevokedrevoked');
    await eventually(async () => expect((await handle.query<JobSnapshot>('job')).note).toContain('401'));
    await writeFile(join(folder, 'token'), finance.token);
    await endInKeboola(finance, jobId);
    const { result } = await settled(handle);
    expect(result).toMatchObject({ status: 'success' });
    expect([finance.counters.jobs, lab.sandbox.counters.jobs]).toEqual([1, 0]);
  } finally {
    await lab.close();
  }
});

it('a budget that is used up delays reads, and fails nothing', async () => {
  const lab = await openJobLab(server, { requestsPerSecond: 2 });
  try {
    const handles = await Promise.all(Array.from({ length: 6 }, () => lab.start(scripted({ durationSeconds: 2 }))));
    const ends = await Promise.all(handles.map(settled));
    expect(ends.map(({ result }) => result?.status)).toEqual(Array(6).fill('success'));
    expect(lab.sandbox.counters).toMatchObject({ posts: 6, jobs: 6 });
  } finally {
    await lab.close();
  }
});
