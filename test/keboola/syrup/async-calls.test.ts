import { describe, expect, it } from 'vitest';
import type { AsyncCall } from '../../../src/job/async-action.js';
import type { CreateJobRequest } from '../../../src/job/create/creation.js';
import { startFakeStack } from '../../support/fake-stack.js';
import type { Reply, SeenRequest } from '../../support/raw-server.js';
import { replies } from '../../support/replies.js';

const PATH = '/provisioning/async/docker';
const call: AsyncCall = { method: 'POST', path: PATH };
const creation = { connection: 'default', project: '1134', runId: '77.9' };

async function send(
  request: CreateJobRequest,
  reply: Reply,
): Promise<{ answer: unknown; post: SeenRequest | undefined }> {
  const routes = { [`POST ${PATH}`]: reply, 'POST /docker/keboola.ex-http/run': reply };
  const { keboola, requests } = await startFakeStack({ routes });
  const prepared = await (await keboola.jobs()).prepareCreate(request);
  const answer: unknown = await prepared.send().catch((error: unknown) => error);
  return { answer, post: requests.find(({ method }) => method === 'POST') };
}

describe('a call that makes a job', () => {
  const made = replies.json(202, { id: 8, status: 'waiting' });

  it('is answered by it', async () => {
    const { answer, post } = await send({ ...creation, call: { ...call, body: { type: 'python' } } }, made);
    expect(answer).toMatchObject({ jobId: '8', status: 'waiting' });
    expect(post).toMatchObject({ body: '{"type":"python"}', headers: { 'x-kbc-runid': '77.9' } });
  });

  it('has no body where it was given none', async () => {
    expect((await send({ ...creation, call }, made)).post?.body).toBe('');
  });
});

describe('a call that is answered without a body', () => {
  const empty = replies.text(204, '');

  it('was answered as it should, and makes no job', async () => {
    const { answer } = await send({ ...creation, call }, empty);
    expect(answer).toMatchObject({ facts: { kind: 'no-job', method: 'POST', path: PATH, status: 204 } });
  });

  it('is broken off where the status promises a body', async () => {
    const { answer } = await send({ ...creation, call }, replies.text(202, ''));
    expect(answer).toMatchObject({ facts: { kind: 'protocol', status: 202 } });
  });

  it('may have made a job where it was a run, which is always answered by one', async () => {
    const { answer } = await send({ ...creation, component: 'keboola.ex-http' }, empty);
    expect(answer).toMatchObject({ facts: { kind: 'protocol', status: 204 } });
  });
});

it.each([
  ['unavailable', replies.json(500, {})],
  ['interrupted', replies.reset()],
])('a call that fails stays %s', async (kind, reply) => {
  expect((await send({ ...creation, call }, reply)).answer).toMatchObject({ facts: { kind } });
});
