import { describe, expect, it } from 'vitest';
import { UnsupportedQuestion } from '../../../src/keboola/jobs/unsupported-question.js';
import { startQueueWithoutActions } from '../../support/fake-stack.js';
import type { Reply } from '../../support/raw-server.js';
import { replies } from '../../support/replies.js';

const CALL = { component: 'keboola.ex-http', action: 'testConnection' };
const NO_ACTIONS = 'this stack has no service for synchronous actions; jobs run there all the same';

describe('a stack that has no service for synchronous actions', () => {
  it('is told before one is called, and nobody is asked for it', async () => {
    const { keboola, requests } = await startQueueWithoutActions();
    const actions = await keboola.actions();
    expect(await actions.problemOf(CALL)).toEqual({ path: 'action', message: NO_ACTIONS });
    await expect(actions.prepareAction(CALL)).rejects.toThrow(new UnsupportedQuestion(NO_ACTIONS));
    expect(requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('is told with what is wrong where the stack names one that cannot be used', async () => {
    const index: Reply = (response, request) => {
      const queue = { id: 'queue', url: `http://${String(request.headers['host'])}` };
      const elsewhere = { id: 'sync-actions', url: 'https://sync-actions.elsewhere.example' };
      replies.json(200, { services: [queue, elsewhere] })(response, request);
    };
    const { keboola } = await startQueueWithoutActions({ 'GET /v2/storage': index });
    const actions = await keboola.actions();
    const words =
      /cannot be used; jobs run there all the same\. .* https:\/\/sync-actions\.elsewhere\.example, .*[^.]$/;
    expect((await actions.problemOf(CALL))?.message).toMatch(words);
    await expect(actions.prepareAction(CALL)).rejects.toThrow(words);
  });

  it('runs jobs all the same', async () => {
    const { keboola } = await startQueueWithoutActions({
      'POST /jobs': replies.json(201, { id: '5', status: 'created' }),
    });
    const request = {
      connection: 'default',
      project: '5555',
      component: CALL.component,
      config: '1',
      runId: '900000000000001',
    };
    const prepared = await (await keboola.jobs()).prepareCreate(request);
    expect(await prepared.send()).toMatchObject({ jobId: '5' });
  });
});
