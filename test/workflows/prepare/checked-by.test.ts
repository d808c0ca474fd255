import type { WorkflowFailedError } from '@temporalio/client';
import type { RawValue } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectToDevServer, type SharedDevServer } from '../../support/dev-server.js';
import { openJobLab, settled, type JobLab } from '../../support/job-lab.js';
import { rawPayload } from '../../support/raw-payload.js';

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

/** Each of these took seven seconds, one after the other, when each byte was looked at as a field. */
const BLOCKED_MS_MAX = 20_000;

/** An input as another SDK, or the `temporal` command line, sends it. */
function rawJson(json: string): RawValue {
  return rawPayload('json/plain', json);
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

describe.concurrent(
  'an input that would not get to the activity that checks it ends the workflow as InvalidInput',
  () => {
    const WORKFLOWS = ['runJob', 'runPipeline', 'callAction', 'importTable', 'waitForJob'];

    it.each(WORKFLOWS)('of %s: it is longer when it is written anew', async (workflow) => {
      const json = `{"a":[${Array.from({ length: 330_000 }, () => '1e15').join(',')}]}`;
      expect(await causeOf(workflow, json)).toMatchObject({
        type: 'InvalidInput',
        message: `the input is ${JSON.stringify(JSON.parse(json)).length} bytes of JSON, at most 2000000`,
      });
    });

    // How deep is too deep for whoever writes it depends on the stack that is left, so the bound lies far below.
    it.each(WORKFLOWS)('of %s: it is nested too deep to be written', async (workflow) => {
      for (const levels of [200, 4_170, 100_000]) {
        const json = `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;
        expect(await causeOf(workflow, json)).toMatchObject({
          type: 'InvalidInput',
          message: 'the input is nested too deep, more than 200 levels',
        });
      }
    });

    it.each(WORKFLOWS)('of %s: it is bytes, of which each would be a field', async (workflow) => {
      const bytes = rawPayload('binary/plain', new Uint8Array(1_900_000));
      const startedMs = performance.now();
      const { error } = await settled(await lab.start(bytes, undefined, workflow));
      expect((error as WorkflowFailedError).cause).toMatchObject({
        type: 'InvalidInput',
        message: 'expected a JSON object, got bytes',
      });
      expect(performance.now() - startedMs).toBeLessThan(BLOCKED_MS_MAX);
    });
  },
);
