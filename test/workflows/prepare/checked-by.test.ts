import type { WorkflowFailedError } from '@temporalio/client';
import { RawValue } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectToDevServer, type SharedDevServer } from '../../support/dev-server.js';
import { openJobLab, settled, type JobLab } from '../../support/job-lab.js';

let server: SharedDevServer;
let lab: JobLab;

beforeAll(async () => {
  server = await connectToDevServer();
  lab = await openJobLab(server);
});
afterAll(async () => {
  expect(lab.sandbox.counters.posts).toBe(0);
  await lab.close();
  await server.close();
});

/** An input as another SDK, or the `temporal` command line, sends it. */
function rawJson(json: string): RawValue {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  return RawValue.fromPayload({ metadata: { encoding: encode('json/plain') }, data: encode(json) });
}

async function causeOf(workflow: string, json: string): Promise<Error | undefined> {
  const { error } = await settled(await lab.start(rawJson(json), undefined, workflow));
  return (error as WorkflowFailedError).cause;
}

const CALL = '"method":"POST","path":"/gooddata-writer/v2/main/load-data"';
const STORAGE = '"method":"POST","path":"tables/in.c-main.a/import-async"';

describe.concurrent(
  'a number that JavaScript has changed before anybody sees it ends the workflow as InvalidInput',
  () => {
    it.each([
      ['runJob', '{"component":"keboola.ex-http","configData":{"a":[1,#]}}', 'configData.a.1'],
      ['runJob', '{"component":"ex-db","params":{"row":#}}', 'params.row'],
      ['runAsyncAction', `{${CALL},"body":{"n":#}}`, 'body.n'],
      ['runStorageJob', `{${STORAGE},"body":{"n":#}}`, 'body.n'],
      ['callAction', '{"component":"keboola.ex-http","action":"a","configData":{"n":#}}', 'configData.n'],
      [
        'runPipeline',
        '{"name":"n","phases":[{"name":"p","tasks":[{"job":{"component":"ex-db","params":{"n":#}}}]}]}',
        'phases.0.tasks.0.job.params.n',
      ],
      ['exportTable', '{"table":"in.c-main.a","limit":#}', 'limit'],
    ])('of %s: %s', async (workflow, json, path) => {
      for (const number of ['23851234567890123', '1e400', '-1e400']) {
        expect(await causeOf(workflow, json.replace('#', number))).toMatchObject({
          type: 'InvalidInput',
          nonRetryable: true,
          message: expect.stringMatching(new RegExp(`${path}: the number .*; write it in quotes`)) as string,
        });
      }
    });
  },
);

describe('a key above a number that is lost', () => {
  it('is not told where it may be a secret', async () => {
    const key = '1134-53044-canary7Canary7';
    const json = `{"component":"ex-db","params":{"${key}":1e400}}`;
    const cause = await causeOf('runJob', json);
    expect(cause?.message).toContain('params.*: the number');
    expect(cause?.message).not.toContain('canary7');
  });
});
