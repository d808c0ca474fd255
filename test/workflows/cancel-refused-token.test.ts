import { CancelledFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobQuery } from '../../src/job/messages.js';
import { pipelineQuery } from '../../src/job/pipeline/view.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { eventually } from '../support/eventually.js';
import { historyText } from '../support/history-text.js';
import { openJobLab, settled, type JobLab } from '../support/job-lab.js';

const TOKEN = '1134-53044-canary7Canary7Canary7';
const JOB = { component: 'keboola.ex-http', config: 'success', connection: 'refused' };
const WAITS = /; asking again in \d+ s \(giving up in (1 h|59 min( \d+ s)?)\): .* answered 401.* Renew the token/;

let server: SharedDevServer;
let lab: JobLab;
let keboola: Sandbox;

beforeAll(async () => {
  server = await connectToDevServer();
  keboola = await startSandbox();
  lab = await openJobLab(server, { connections: [{ name: 'refused', url: keboola.url, token: () => TOKEN }] });
});
afterAll(async () => {
  await lab.close();
  await keboola.close();
  await server.close();
});

type Handle = Awaited<ReturnType<JobLab['start']>>;

describe('a workflow that waits for a token to be renewed', () => {
  it.each<[string, unknown, (handle: Handle) => Promise<{ note?: string }>]>([
    ['runJob', JOB, (handle) => handle.query(jobQuery)],
    [
      'runPipeline',
      { name: 'p', phases: [{ name: 'a', tasks: [{ job: JOB }] }] },
      (handle) => handle.query(pipelineQuery),
    ],
  ])('says so, without the token, and hears a cancel at once: %s', async (workflowType, input, ask) => {
    const handle = await lab.start(input, undefined, workflowType);
    await eventually(async () => expect((await ask(handle)).note).toMatch(WAITS));
    await handle.cancel();
    expect((await settled(handle)).error).toMatchObject({ cause: expect.any(CancelledFailure) as unknown });
    expect(await historyText(server.client, handle.workflowId)).not.toContain(TOKEN);
    expect(keboola.counters.posts).toBe(0);
  });
});
