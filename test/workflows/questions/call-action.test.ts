import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeboolaClient } from '../../../src/client.js';
import { createClock, type FaultInput } from '../../../src/sandbox/index.js';
import { connectToDevServer, type SharedDevServer } from '../../support/dev-server.js';
import { eventually } from '../../support/eventually.js';
import { openJobLab, settled, type JobLab } from '../../support/job-lab.js';

const COMPONENT = 'keboola.ex-db-mysql';
const DAY_SECONDS = 86_400;

const clock = createClock({ speed: 60 });

let server: SharedDevServer;
let lab: JobLab;

beforeAll(async () => {
  server = await connectToDevServer();
  lab = await openJobLab(server, { clock });
});
afterAll(async () => {
  await lab.close();
  await server.close();
});

type Call = Record<string, unknown> & { configData: Record<string, unknown> };

/** A call of an action that ends as told. */
function call(script: object, more: Record<string, unknown> = {}): Call {
  const configData = { parameters: { sandbox: script } };
  return {
    component: COMPONENT,
    action: 'testConnection',
    ...more,
    configData: { ...configData, ...(more['configData'] ?? {}) },
  };
}

/** How a call has ended, and how often the action was called for it. */
async function ended(
  { configData, ...input }: Call,
  fault?: FaultInput,
): Promise<{ result?: unknown; cause?: unknown; calls: number }> {
  // Others call at the same time.
  const marker = server.unique('call');
  if (fault) lab.sandbox.faults.add({ ...fault, bodyContains: marker });
  const handle = await lab.start({ ...input, configData: { ...configData, marker } }, undefined, 'callAction');
  const { result, error } = await settled(handle);
  return { calls: callsOf(marker), ...(error ? { cause: error.cause } : { result }) };
}

function callsOf(marker: string): number {
  return lab.sandbox.requests.filter(({ route, body }) => route === 'action' && body.includes(marker)).length;
}

describe.concurrent('a synchronous action', () => {
  it.each([
    ['an object', { output: { tables: ['a'] } }, { tables: ['a'] }],
    ['an empty list', { output: [] }, []],
    ['nothing', { output: {} }, {}],
    ['a text', { output: 'ok' }, 'ok'],
  ])('is called once and answers with the words of its component: %s', async (_, script, answer) => {
    expect(await ended(call(script))).toEqual({ result: answer, calls: 1 });
  });

  it.each([
    ['400: a mistake of the user', { status: 'error', message: 'No such host.' }, 'ActionUserError', 'No such host.'],
    ['400: no JSON', { outputText: 'Warning: x' }, 'ActionUserError', 'Decoding JSON response from component failed'],
    ['400: nothing', { outputText: ' ' }, 'ActionUserError', 'No response from component.'],
    [
      '500: a fault of the component',
      { status: 'error', error: 'application' },
      'ActionApplicationError',
      'exception id',
    ],
    ['a timeout of 45 s', { durationSeconds: 300 }, 'ActionTimedOut', 'exceeded the timeout of 45 seconds'],
  ])('that ends with %s is called once and told as what it is', async (_, script, type, message) => {
    const { cause, calls } = await ended(call(script));
    expect(cause).toMatchObject({ type, message: expect.stringContaining(message) as string });
    expect(calls).toBe(1);
  });

  it('tells the exception id, which support asks for', async () => {
    const { cause } = await ended(call({ status: 'error', error: 'application' }));
    expect(cause).toMatchObject({ details: [{ exceptionId: expect.stringMatching(/^\w+-\w+$/) as string }] });
  });

  it.each<[string, FaultInput, string, string]>([
    ['megabytes', { route: 'action', bodyBytes: 9_000_000 }, 'ProtocolError', 'larger than 8388608 bytes'],
    ['more than history takes', { route: 'action', bodyBytes: 700_000 }, 'ProtocolError', 'larger than 512000 bytes'],
    ['HTML', { route: 'action', status: 200, html: '<p>Hello</p>' }, 'ProtocolError', 'HTML instead of JSON'],
    ['502 of a proxy', { route: 'action', status: 502, html: 'Bad' }, 'KeboolaUnreachable', 'not known whether'],
    ['a broken connection', { route: 'action', reset: 'after' }, 'KeboolaUnreachable', 'not known whether'],
    ['a refused token', { route: 'action', status: 401 }, 'TokenRefused', 'answered 401'],
    ['404', { route: 'action', status: 404 }, 'InvalidInput', 'answered 404'],
  ])('that is answered by %s is called once, and fails with a clear word', async (_, fault, type, message) => {
    const { cause, calls } = await ended(call({}), fault);
    expect(cause).toMatchObject({ type, message: expect.stringContaining(message) as string });
    expect(calls).toBe(1);
  });

  it('is called again while it provably was not called', async () => {
    const { result, calls } = await ended(call({ output: 'late' }), { route: 'action', status: 429, times: 2 });
    expect([result, calls]).toEqual(['late', 3]);
  });

  it('says why it was not called yet, to whoever waits for its answer', async () => {
    const marker = server.unique('call');
    const fault = lab.sandbox.faults.add({ route: 'action', bodyContains: marker, status: 429, times: 'always' });
    const heard: string[] = [];
    const onObstacle = (words: string): void => {
      heard.push(words);
      lab.sandbox.faults.remove(fault.id);
    };
    const keboola = new KeboolaClient({ client: lab.temporal, taskQueue: lab.taskQueue, onObstacle });
    await keboola.callAction({ component: COMPONENT, action: 'testConnection', configData: { marker } });
    expect(heard).toEqual([expect.stringMatching(/^not called yet, retrying: POST .* answered 429/)]);
  });

  it.each([
    ['a fault of the component', { status: 'error', error: 'application' }, 3],
    ['a mistake of the user', { status: 'error' }, 1],
  ])('is called as often as its author allows, where it fails by %s', async (_, script, calls) => {
    const seen = await ended(call(script, { attempts: 3 }));
    expect(seen).toMatchObject({ calls, cause: { type: expect.any(String) as string } });
  });

  it.each([
    [
      { component: 'keboola.ex-db-mysq' },
      'component: component "keboola.ex-db-mysq" does not exist. Did you mean "keboola.ex-db-mysql"?',
    ],
    [{ component: 'ex-db' }, 'only docker components have synchronous actions'],
    [{ action: 'testConection' }, 'has no action "testConection". Did you mean "testConnection"?'],
    [{ action: 'x' }, 'It has testConnection, getTables.'],
    [{ action: '../run' }, 'action: not the name of an action'],
    [{ action: 'run' }, 'it makes a job; use runJob'],
    [{ attempts: 0 }, 'attempts: '],
    [{ nonsense: 1 }, 'nonsense: unknown field'],
    [{ connection: 'nowhere' }, 'Connection "nowhere" is not known'],
    [{ configData: { '#password': 'plain' } }, 'configData.#password: is a secret in plain text'],
    [{ configData: { a: '1134-53044-abcdefghijklmn' } }, "The token is in this workflow's history now"],
  ])('is not called at all for %j', async (wrong, message) => {
    const { cause, calls } = await ended(call({}, wrong));
    expect(cause).toMatchObject({ type: 'InvalidInput', message: expect.stringContaining(message) as string });
    expect(calls).toBe(0);
  });

  it.each([undefined, null, 7, 'x', []])('is not called for an input that is %j', async (input) => {
    const { error } = await settled(await lab.start(input, undefined, 'callAction'));
    expect(error).toMatchObject({ cause: { type: 'InvalidInput' } });
  });

  it('lets a cancelled workflow go at once, since nothing can stop it', async () => {
    const marker = server.unique('call');
    const input = call({}, { configData: { marker } });
    lab.sandbox.faults.add({ route: 'action', bodyContains: marker, delaySeconds: DAY_SECONDS });
    const handle = await lab.start(input, undefined, 'callAction');
    await eventually(() => expect(callsOf(marker)).toBe(1));
    await handle.cancel();
    expect((await settled(handle)).error).toMatchObject({ cause: { name: 'CancelledFailure' } });
    // The action goes on meanwhile: it has not answered yet.
    expect(lab.sandbox.requests.find(({ body }) => body.includes(marker))?.status).toBeUndefined();
    clock.advance(DAY_SECONDS * 1_000);
  });

  it('is refused by the client before anything is sent', async () => {
    await expect(lab.keboola.callAction({ component: COMPONENT, action: 'run' })).rejects.toThrow('use runJob');
    expect(await lab.keboola.callAction({ component: COMPONENT, action: 'getTables' })).toEqual({
      status: 'success',
      tables: [],
    });
  });
});

it('makes no job, however it is called', () => {
  expect(lab.sandbox.counters).toMatchObject({ posts: 0, jobsInWorld: 0 });
});
