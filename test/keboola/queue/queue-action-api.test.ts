import { describe, expect, it } from 'vitest';
import { UnsupportedQuestion } from '../../../src/keboola/jobs/unsupported-question.js';
import { startQueueWithoutActions } from '../../support/fake-stack.js';
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

  it('runs jobs all the same', async () => {
    const { keboola } = await startQueueWithoutActions({
      'POST /jobs': replies.json(201, { id: '5', status: 'created' }),
    });
    const request = { connection: 'default', component: CALL.component, config: '1', runId: '900000000000001' };
    const prepared = await (await keboola.jobs()).prepareCreate(request);
    expect(await prepared.send()).toMatchObject({ jobId: '5' });
  });
});
