import type { WorkflowFailedError } from '@temporalio/client';
import type { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FailureType } from '../../src/job/failure/failure-types.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { createWorker } from '../../src/worker.js';
import { BAD_INPUT_DIALECTS, BAD_INPUTS, GOOD_JOB as JOB } from '../support/bad-inputs.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { historyText } from '../support/history-text.js';
import { openJobLab, settled, type JobLab } from '../support/job-lab.js';
import { startOddKeboola, stackWith, type OddKeboola } from '../support/odd-keboolas.js';
import type { Reply } from '../support/raw-server.js';
import { replies } from '../support/replies.js';

const SECRET = 'canary7Canary7Canary7';
const TOKEN = `1134-53044-${SECRET}`;
const BAD_TOKENS = {
  missing: '',
  broken: `${TOKEN}\r\nx`,
};

let server: SharedDevServer;

beforeAll(async () => {
  server = await connectToDevServer();
});
afterAll(() => server.close());

describe.each(BAD_INPUT_DIALECTS)('on $name', (dialect) => {
  let lab: JobLab;
  /** Asked with tokens that do not do. */
  let keboola: Sandbox;
  let foreign: OddKeboola;
  const odd: OddKeboola[] = [];

  /** Each a connection of the same worker. */
  const startOdd = async (reply: Reply): Promise<OddKeboola> => {
    const one = await startOddKeboola(reply);
    odd.push(one);
    return one;
  };

  beforeAll(async () => {
    foreign = await startOdd(replies.json(200, {}));
    const components = [{ id: JOB.component, uri: `${foreign.url}/docker/${JOB.component}` }];
    const answers: Record<string, Reply> = {
      html: replies.html(200),
      redirect: replies.redirect(302, foreign.url),
      large: replies.large(10 * 1024 * 1024),
      foreign: stackWith(dialect.owner, components, [{ id: dialect.service, url: foreign.url }]),
      withoutJobs: stackWith(dialect.owner, components, []),
      notAllowed: replies.json(403, { error: 'You do not have access to the resource.' }),
    };
    const connections = Object.entries(answers).map(async ([name, reply]) => {
      const { url } = await startOdd(reply);
      return { name, url, token: () => TOKEN };
    });
    keboola = await startSandbox();
    const tokens = Object.entries(BAD_TOKENS).map(([name, token]) => ({ name, url: keboola.url, token: () => token }));
    const { token } = dialect;
    lab = await openJobLab(server, { token, connections: [...(await Promise.all(connections)), ...tokens] });
  });
  afterAll(async () => {
    // No bad input has made a job, and no host that only an answer named has been spoken to.
    expect(lab.sandbox.counters.posts + keboola.counters.posts).toBe(0);
    expect(foreign.requests).toBe(0);
    await lab.close();
    await keboola.close();
    for (const one of odd) one.server.close();
  });

  /** How a workflow of this input failed: at once, by a typed failure, and never by a failing workflow task. */
  const failureOf = async (input: unknown, type: FailureType): Promise<{ message: string; history: string }> => {
    const handle = await lab.start(input);
    const { error } = await settled(handle);
    const cause = (error as WorkflowFailedError).cause as ApplicationFailure;
    expect(cause).toMatchObject({ type, nonRetryable: true });
    const events = await lab.events(handle.workflowId);
    // At once: nothing was waited for, and nothing was tried twice but what a busy machine has lost.
    expect(events.filter((event) => event.timerStartedEventAttributes ?? undefined)).toEqual([]);
    const failures = events.flatMap((event) => event.activityTaskStartedEventAttributes?.lastFailure ?? []);
    expect(failures.filter(({ timeoutFailureInfo: lost }) => !lost)).toEqual([]);
    expect(events.filter((event) => event.workflowTaskFailedEventAttributes ?? undefined)).toEqual([]);
    return { message: cause.message, history: await historyText(server.client, handle.workflowId) };
  };

  describe.concurrent('an input that is wrong ends the workflow as InvalidInput', () => {
    it.each([...BAD_INPUTS, ...dialect.badInputs])('for %s', async (_, input, words) => {
      const { message } = await failureOf(input, 'InvalidInput');
      expect(message).toContain(words);
    });

    it('with all of its problems named at once', async () => {
      const { message } = await failureOf(
        { component: '', config: 7, tag: '..', onWarning: 'ignore', x: 1 },
        'InvalidInput',
      );
      for (const field of ['component', 'config', 'tag', 'onWarning', 'x']) expect(message).toContain(`${field}: `);
    });

    it('for what another API would have understood, all of it at once', async () => {
      const { input, fields } = dialect.notUnderstood;
      const { message } = await failureOf(input, 'InvalidInput');
      for (const [field, words] of Object.entries(fields)) expect(message).toContain(`${field}: ${words}`);
    });

    it('with a bounded message, whatever the number of problems', async () => {
      const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`${'k'.repeat(100)}${index}`, 1]));
      const { message } = await failureOf({ ...JOB, ...many }, 'InvalidInput');
      expect(message).toContain('unknown field');
      expect(message.length).toBeLessThan(20_000);
    });

    it('naming the secret that is not encrypted, and how to encrypt it', async () => {
      const { message } = await failureOf({ ...JOB, configData: { '#password': 'plain' } }, 'InvalidInput');
      expect(message).toContain('configData.#password: is a secret in plain text; encrypt it first');
    });

    it.each([
      ['as a field of its own', { ...JOB, token: TOKEN }],
      ['within the configuration', { ...JOB, configData: { parameters: { auth: `Bearer ${TOKEN}` } } }],
      ['as a name', { ...JOB, params: { [TOKEN]: 1 } }],
      ['as the connection', { ...JOB, connection: TOKEN }],
    ])('saying that a token must be revoked now that was given %s', async (_, input) => {
      const { message, history } = await failureOf(input, 'InvalidInput');
      expect(message).toContain('holds a Storage token; name a connection of the worker instead');
      expect(message).toContain("The token is in this workflow's history now: revoke it and make a new one.");
      // The author wrote it into the workflow's input, which is passed to the first activity; nowhere else.
      expect(history.split(SECRET)).toHaveLength(1 + 2);
    });
  });

  describe.concurrent('a Keboola that is wrong ends the workflow, typed and without the token', () => {
    it.each<[string, string, FailureType, string]>([
      ['answers HTML', 'html', 'ProtocolError', 'answered 200: HTML instead of JSON'],
      ['answers with a redirect', 'redirect', 'ProtocolError', 'a redirect, which is not followed'],
      ['answers 10 MB', 'large', 'ProtocolError', 'the answer is larger than 8388608 bytes'],
      [
        'names a service of another party',
        'foreign',
        'ConnectionNotUsable',
        'the token is not sent there. Check the address of the connection',
      ],
      ['has no job API', 'withoutJobs', 'NoJobApi', `is on ${dialect.name}, which its stack does not have`],
      ['does not allow it', 'notAllowed', 'TokenRefused', "Renew the token of the worker's connection"],
    ])('when it %s', async (_, connection, type, words) => {
      const { message, history } = await failureOf({ ...JOB, connection }, type);
      expect(message).toContain(words);
      expect(history).not.toContain(SECRET);
    });
  });

  describe.concurrent('a token that does not do ends the workflow, typed and without the token', () => {
    it.each<[keyof typeof BAD_TOKENS, FailureType, string]>([
      ['missing', 'ConnectionNotUsable', 'has no Storage token. Set KBC_TOKEN.'],
      ['broken', 'ConnectionNotUsable', 'characters that no HTTP header can carry'],
    ])('when it is %s', async (connection, type, words) => {
      const { message, history } = await failureOf({ ...JOB, connection }, type);
      expect(message).toContain(words);
      expect(history).not.toContain(SECRET);
    });
  });
});

describe('a worker', () => {
  it.each([
    ['plain http to another machine', 'http://connection.keboola.com', 'Use https, or list the host in'],
    ['no address', 'ftp://connection.keboola.com', 'is not a web address; expected for example'],
  ])('does not start with %s', async (_, url, words) => {
    const connections = [{ name: 'default', url, token: () => TOKEN }];
    const starting = createWorker({ connection: server.nativeConnection, taskQueue: 'none', connections });
    await expect(starting).rejects.toThrow(words);
  });
});
