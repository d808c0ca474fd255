import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Connections } from '../../src/keboola/connections.js';
import { NoJobApi } from '../../src/keboola/project/no-job-api.js';
import { SettingsError } from '../../src/input/settings-error.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { STACK_TOKEN, startFakeStack } from '../support/fake-stack.js';
import { startRawServer, type SeenRequest } from '../support/raw-server.js';
import { replies } from '../support/replies.js';

const request = { connection: 'default', project: '1134', component: 'keboola.ex-http', config: 'a', runId: '9.1' };
const accepted = { id: '5', status: 'waiting' };

function withToken(requests: readonly SeenRequest[]): string[] {
  return requests.filter(({ headers }) => headers['x-storageapi-token'] !== undefined).map(({ path }) => path);
}

describe('discovery', () => {
  test('verifies the token and asks the index without it, each once for all', async () => {
    const { keboola, requests } = await startFakeStack();
    const [one, other] = await Promise.all([keboola.jobs(), keboola.jobs()]);
    expect(one).toBe(other);
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v2/storage/tokens/verify',
      'GET /v2/storage?exclude=components',
    ]);
    expect(withToken(requests)).toEqual(['/v2/storage/tokens/verify']);
  });

  test('reads project id and name from the token', async () => {
    const { keboola, requests } = await startFakeStack();
    expect(await keboola.facts()).toEqual({ id: '1134', name: 'Tutorial' });
    expect(withToken(requests)).toEqual(['/v2/storage/tokens/verify']);
  });

  test('takes project ids as text, and projects without name or features', async () => {
    const verify = replies.json(200, { owner: { id: '9007199254740993' } });
    const { keboola } = await startFakeStack({ routes: { 'GET /v2/storage/tokens/verify': verify } });
    expect(await keboola.facts()).toEqual({ id: '9007199254740993', name: '' });
  });

  test('tells a project on Queue v2 whose stack has no such service', async () => {
    const verify = replies.json(200, { owner: { id: 7, name: 'New', features: ['x', 'queuev2'] } });
    const { keboola } = await startFakeStack({ routes: { 'GET /v2/storage/tokens/verify': verify } });
    await expect(keboola.jobs()).rejects.toThrow(/project 7 "New" is on Queue v2, which its stack does not have/);
    await expect(keboola.jobs()).rejects.toThrow(NoJobApi);
    await expect(keboola.actions()).rejects.toThrow(NoJobApi);
  });

  test('tells a stack that has no Syrup', async () => {
    const index = replies.json(200, { services: [{ id: 'queue', url: 'https://queue.keboola.com' }] });
    const { keboola } = await startFakeStack({ routes: { 'GET /v2/storage': index } });
    await expect(keboola.jobs()).rejects.toThrow(/is on Syrup, which its stack does not have.*Check the address/);
  });

  test('asks again after a failure', async () => {
    let calls = 0;
    const { keboola, url } = await startFakeStack({
      routes: {
        'GET /v2/storage': (response, seen) => {
          calls += 1;
          const index = replies.json(200, { services: [{ id: 'syrup', url }] });
          (calls === 1 ? replies.html(502) : index)(response, seen);
        },
      },
    });
    await expect(keboola.jobs()).rejects.toMatchObject({ kind: 'unavailable' });
    expect((await keboola.jobs()).jobUrl('5')).toBe(`${url}/queue/job/5`);
  });

  test('of something that is no Keboola names what is wrong', async () => {
    const { keboola } = await startFakeStack({
      routes: { 'GET /v2/storage': replies.json(200, { services: 'none' }) },
    });
    await expect(keboola.jobs()).rejects.toMatchObject({
      kind: 'protocol',
      message: expect.stringMatching(/"services" is not as documented.*is this a Keboola address/) as string,
    });
  });
});

describe('a host that only a response names never sees the token', () => {
  test('when the index puts Syrup there', async () => {
    const foreign = await startRawServer(replies.json(200, {}));
    const { keboola } = await startFakeStack({ serviceUrl: foreign.url });
    await expect(keboola.jobs()).rejects.toThrow(SettingsError);
    await expect(keboola.jobs()).rejects.toThrow(/outside of the stack.*the token is not sent there/);
    expect(foreign.requests).toEqual([]);
  });

  test('when a component is said to run there', async () => {
    const foreign = await startRawServer(replies.json(202, accepted));
    const { keboola, requests } = await startFakeStack({
      componentUris: { 'keboola.ex-http': `${foreign.url}/docker/keboola.ex-http` },
      routes: { 'POST /docker/keboola.ex-http/run': replies.json(202, accepted) },
    });
    const jobs = await keboola.jobs();
    await (await jobs.prepareCreate(request)).send();
    expect(foreign.requests).toEqual([]);
    expect(withToken(requests)).toContain('/docker/keboola.ex-http/run');
  });

  test('when the path of a component begins with two slashes, which an address reads as a host', async () => {
    const foreign = await startRawServer(replies.json(202, accepted));
    const { keboola, requests } = await startFakeStack({
      componentUris: { 'keboola.ex-http': `https://syrup.keboola.com//${new URL(foreign.url).host}/x` },
    });
    const jobs = await keboola.jobs();
    await (await jobs.prepareCreate(request)).send().catch(() => undefined);
    expect(foreign.requests).toEqual([]);
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test('when the created job is said to be there', async () => {
    const foreign = await startRawServer(replies.json(200, accepted));
    const { keboola, url, requests } = await startFakeStack({
      routes: {
        'POST /docker/keboola.ex-http/run': replies.json(202, { ...accepted, url: `${foreign.url}/queue/job/5` }),
        'GET /queue/job/5': replies.json(200, { ...accepted, url: `${foreign.url}/queue/job/5` }),
        'POST /queue/jobs/5/kill': replies.json(202, { message: 'accepted', url: foreign.url }),
      },
    });
    const jobs = await keboola.jobs();
    const created = await (await jobs.prepareCreate(request)).send();
    expect(created.url).toBe(`${url}/queue/job/5`);
    await jobs.get(created.jobId);
    await jobs.kill(created.jobId);
    expect(foreign.requests).toEqual([]);
    expect(withToken(requests).slice(-2)).toEqual(['/queue/job/5', '/queue/jobs/5/kill']);
  });

  test.each([301, 302, 307, 308])('when a creation is redirected there with %i', async (status) => {
    const foreign = await startRawServer(replies.json(202, accepted));
    const { keboola } = await startFakeStack({
      routes: { 'POST /docker/keboola.ex-http/run': replies.redirect(status, `${foreign.url}/docker/x/run`) },
    });
    const prepared = await (await keboola.jobs()).prepareCreate(request);
    await expect(prepared.send()).rejects.toMatchObject({ kind: 'protocol' });
    expect(foreign.requests).toEqual([]);
  });
});

test('an answer that echoes the token gives an error without it', async () => {
  const echo = replies.json(403, { error: `token ${STACK_TOKEN} refused`, exceptionId: STACK_TOKEN });
  const { keboola } = await startFakeStack({ routes: { 'GET /v2/storage/tokens/verify': echo } });
  await expect(keboola.facts()).rejects.toMatchObject({
    kind: 'unauthorized',
    message: 'GET /v2/storage/tokens/verify answered 403: token *** refused (exception id ***)',
  });
});

describe('an answer that repeats the token in another spelling', () => {
  const escaped = STACK_TOKEN.replaceAll('-', '\\u002d');
  const job = `{"id":5,"runId":"9.1","status":"success","isFinished":true,"result":{"message":"MESSAGE","${escaped}":1}}`;

  test.each([
    ['escaped, as PHP and Java may write JSON', escaped],
    ['for an address', encodeURIComponent(STACK_TOKEN).replaceAll('-', '%2D')],
    ['escaped twice, as JSON in JSON', escaped.replaceAll('\\', '\\\\')],
    ['cut off in its middle', STACK_TOKEN.slice(0, -4)],
  ])('gives a job without it: %s', async (_, spelled) => {
    const text = replies.text(200, job.replace('MESSAGE', `got ${spelled}`));
    const { keboola } = await startFakeStack({ routes: { 'GET /queue/job/5': text } });
    const { view } = await (await keboola.jobs()).get('5');
    expect(view).toMatchObject({ message: 'got ***', result: { message: 'got ***', '***': 1 } });
  });

  test('gives an error without it', async () => {
    const text = replies.text(400, `{"message":"token ${escaped} refused","exceptionId":"${escaped}"}`);
    const { keboola } = await startFakeStack({ routes: { 'GET /v2/storage/tokens/verify': text } });
    await expect(keboola.facts()).rejects.toThrow('answered 400: token *** refused (exception id ***)');
  });
});

describe('the project that a job is in', () => {
  const OWN = '1134-53044-sandbox';
  const OTHER = '5555-1-queue';

  test('is the one of the token that there is now, however late an answer to another one comes', async () => {
    const sandbox = await startSandbox();
    let token = OTHER;
    const connections = new Connections([{ name: 'default', url: sandbox.url, token: () => token }]);
    onTestFinished(async () => {
      await connections.close();
      await sandbox.close();
    });
    const keboola = connections.get('default');
    sandbox.faults.add({ route: 'verify', delayMs: 300, times: 1 });
    const late = keboola.requireProject('5555');
    await sleep(50);
    token = OWN;
    await keboola.facts();
    await late;
    await expect(keboola.requireProject('1134')).resolves.toBeUndefined();
    await expect(keboola.requireProject('5555')).rejects.toThrow('one of project 1134 now');
  });
});
