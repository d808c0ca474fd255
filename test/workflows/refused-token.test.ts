import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionSettings } from '../../src/keboola/connection/connection.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { firstTicket } from '../support/first-ticket.js';
import { livedMs, openJobLab, scripted, settled, type JobLab } from '../support/job-lab.js';
import { startTimeSkippingServer, type TimeSkippingServer } from '../support/time-skipping.js';

const HOUR_MS = 3_600_000;
const CSV = 'id\n1\n';
/** How often a token is asked for before it is renewed. */
const REFUSED_READS = 6;
const JOB = scripted({ durationSeconds: 5 });
const PIPELINE = { name: 'p', phases: [{ name: 'all', tasks: [{ job: JOB }] }] };

/** Every workflow that makes or takes up a job, and an input that is right. */
const WORKFLOWS: [string, (keboola: Sandbox) => Promise<Record<string, unknown>> | Record<string, unknown>][] = [
  ['runJob', () => JOB],
  ['runAsyncAction', () => ({ method: 'POST', path: '/gooddata-writer/v2/main/load-data', body: {} })],
  ['waitForJob', async (keboola) => ({ jobId: await madeElsewhere(keboola) })],
  ['runStorageJob', () => ({ method: 'POST', path: 'workspaces?async=true', body: {} })],
  ['importTable', () => ({ table: 'in.c-main.orders', source: { csv: CSV } })],
  ['runPipeline', () => PIPELINE],
];

let server: TimeSkippingServer;
let keboola: Sandbox;
let lab: JobLab;

// Each a connection of its own: what a worker knows of a project it keeps for minutes.
beforeAll(async () => {
  server = await startTimeSkippingServer();
  keboola = await startSandbox({ clock: { now: () => server.now() }, firstTicket: firstTicket() });
  const connections = WORKFLOWS.flatMap(([name]) => [
    connection(`wrong-${name}`, () => '1134-1-wrongwrongwrong'),
    connection(`renewed-${name}`, renewed()),
    connection(`ill-${name}`, () => keboola.token),
  ]);
  connections.push(connection('turn', () => keboola.token));
  lab = await openJobLab(server, { clock: { now: () => server.now() }, connections });
});
beforeEach(async () => {
  keboola.reset();
  const headers = { 'x-storageapi-token': keboola.token, 'content-type': 'application/json' };
  const body = JSON.stringify({ name: 'main', stage: 'in' });
  await fetch(`${keboola.url}/v2/storage/buckets`, { method: 'POST', headers, body });
});
afterAll(async () => {
  await lab.close();
  await keboola.close();
  await server.stop();
});

function connection(name: string, token: () => string): ConnectionSettings {
  return { name, url: keboola.url, token, requestsPerSecond: 10_000 };
}

/** A token that somebody renews where the worker reads it. */
function renewed(): () => string {
  let reads = 0;
  return () => ((reads += 1) > REFUSED_READS ? keboola.token : '1134-1-expiredexpired');
}

async function madeElsewhere({ url, token }: Sandbox): Promise<string> {
  const headers = { 'x-storageapi-token': token, 'content-type': 'application/json' };
  const { component, ...body } = JOB;
  const answer = await fetch(`${url}/docker/${component}/run`, { method: 'POST', headers, body: JSON.stringify(body) });
  return String(((await answer.json()) as { id: number }).id);
}

async function start(
  kind: string,
  [name, inputOf]: (typeof WORKFLOWS)[number],
): Promise<Awaited<ReturnType<JobLab['start']>>> {
  const input = await inputOf(keboola);
  const connected = { ...input, connection: `${kind}-${name}` };
  const whole = name === 'runPipeline' ? inConnection(`${kind}-${name}`) : connected;
  return await lab.start(whole, undefined, name);
}

function inConnection(name: string): object {
  return { ...PIPELINE, phases: [{ name: 'all', tasks: [{ job: { ...JOB, connection: name } }] }] };
}

function made(): number {
  return keboola.counters.posts + keboola.counters.storagePosts;
}

describe.each(WORKFLOWS)('%s', (...workflow) => {
  it('waits an hour for a token that is refused, then fails, and has made nothing', async () => {
    const handle = await start('wrong', workflow);
    const before = made();
    const { error } = await settled(handle);
    expect(error).toMatchObject({
      cause: { type: 'TokenRefused', message: expect.stringContaining('doctor') as unknown },
    });
    expect(await livedMs(handle)).toBeGreaterThanOrEqual(HOUR_MS);
    expect(made()).toBe(before);
  });

  it('goes on where the token is renewed in time', async () => {
    expect((await settled(await start('renewed', workflow))).error).toBeUndefined();
  });

  it('goes on where Keboola was down when it began', async () => {
    keboola.faults.add({ route: 'verify', times: 10, status: 503, html: '<h1>Unavailable</h1>' });
    expect((await settled(await start('ill', workflow))).error).toBeUndefined();
  });
});

it('a job is created once the token is taken again, and once only', async () => {
  lab.sandbox.faults.add({ route: 'create', times: 5, status: 401, json: { message: 'Invalid access token' } });
  const { result } = await settled(await lab.start(JOB));
  lab.sandbox.faults.clear();
  expect(result).toMatchObject({ status: 'success' });
  expect(lab.sandbox.counters).toMatchObject({ posts: 6, jobs: 1 });
});

it('a job that waits for its turn in the project is as patient with a refused token, and no longer', async () => {
  await keboola.settings({ parallelLimit: 1 });
  keboola.faults.add({ route: 'list', status: 401, times: 'always' });
  const handle = await lab.start({ ...JOB, connection: 'turn' });
  const { error } = await settled(handle);
  expect((error as { cause?: object }).cause).toMatchObject({ type: 'TokenRefused' });
  expect(await livedMs(handle)).toBeGreaterThanOrEqual(HOUR_MS);
  expect(keboola.counters.posts).toBe(0);
});

it('a token that is known and may not ends a job at once', async () => {
  lab.sandbox.faults.add({ route: 'create', status: 403, json: { message: 'You do not have access' } });
  const posts = lab.sandbox.counters.posts;
  const handle = await lab.start(JOB);
  expect((await settled(handle)).error).toMatchObject({ cause: { type: 'TokenRefused' } });
  expect(lab.sandbox.counters.posts).toBe(posts + 1);
  expect(await livedMs(handle)).toBeLessThan(HOUR_MS);
});
