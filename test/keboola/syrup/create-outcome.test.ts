import { expect, onTestFinished, test } from 'vitest';
import type { CreateOutcome } from '../../../src/job/create/creation.js';
import type { Dialect } from '../../../src/keboola/connection/dialect.js';
import { Connections } from '../../../src/keboola/connections.js';
import { startSandbox } from '../../../src/sandbox/index.js';

/** What is proved by the creation of a job with this token, by the API that the connection says. */
async function outcomeWith(token: string, api: Dialect): Promise<CreateOutcome> {
  const sandbox = await startSandbox();
  const connections = new Connections([{ name: 'default', url: sandbox.url, token: () => token, api }]);
  onTestFinished(async () => {
    await connections.close();
    await sandbox.close();
  });
  const jobs = await connections.get('default').jobs();
  const request = {
    connection: 'default',
    project: '1134',
    component: 'keboola.ex-http',
    configData: {},
    runId: '900000000000001',
  };
  const prepared = await jobs.prepareCreate(request);
  return prepared.outcomeOf(await prepared.send().catch((error: unknown) => error));
}

test.each<[string, string, Dialect, RegExp]>([
  [
    'who may only look on',
    '1134-53045-readonly',
    'syrup',
    /readOnly user.*give the worker the token of somebody who may run jobs\.$/,
  ],
  [
    'whose project is on Queue v2',
    '5555-1-queue',
    'syrup',
    /Job Queue API.*\. The project is not on Syrup: leave "api" out/,
  ],
  [
    'whose project is on Syrup',
    '1134-53044-sandbox',
    'queue',
    /"queuev2".*\. The project is not on Queue v2: leave "api" out/,
  ],
])('one %s is refused with what to do about it', async (_, token, api, words) => {
  expect(await outcomeWith(token, api)).toEqual({
    kind: 'refused',
    type: 'CreateRefused',
    message: expect.stringMatching(words) as string,
  });
});
