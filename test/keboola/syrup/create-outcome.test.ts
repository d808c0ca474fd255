import { expect, onTestFinished, test } from 'vitest';
import { Connections } from '../../../src/keboola/connections.js';
import { startSandbox } from '../../../src/sandbox/index.js';

test('a token that may only look on is refused with what to do about it', async () => {
  const sandbox = await startSandbox();
  const token = (): string => '1134-53045-readonly';
  const connections = new Connections([{ name: 'default', url: sandbox.url, token }]);
  onTestFinished(async () => {
    await connections.close();
    await sandbox.close();
  });
  const jobs = await connections.get('default').jobs();
  const request = { connection: 'default', component: 'keboola.ex-http', configData: {}, runId: '900000000000001' };
  const prepared = await jobs.prepareCreate(request);
  const error = await prepared.send().catch((one: unknown) => one);
  const outcome = prepared.outcomeOf(error);
  expect(outcome).toMatchObject({
    kind: 'refused',
    message: expect.stringMatching(
      /readOnly user.*give the worker the token of somebody who may run jobs\.$/,
    ) as string,
  });
});
