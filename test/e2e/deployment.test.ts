import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readFileSync, readdirSync } from 'node:fs';
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../src/dev/ports.js';
import { CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
import { composeServices, deployFile, kubernetesObjects, workerDeployment } from '../support/manifests.js';
import type { Process } from '../support/processes.js';
import { keysText } from '../support/payload-keys.js';
import { tempFolder } from '../support/temp-folder.js';

const DOCS = new URL('../../docs/', import.meta.url);
/** Whatever of a variable a page of ours tells in a table. */
const TOLD = ['authors.md', 'operations.md'].map((name) => readFileSync(new URL(name, DOCS), 'utf8')).join('\n');
const DEPLOYING = new URL('deployment.md', DOCS);
const PODS_JOBS = 12;
/** By the clock of the sandbox, which is set forward as soon as the answers may come. */
const HELD_SECONDS = 3_600;
const isOurs = (name: string): boolean => /^(KBC|KEBOOLA|TEMPORAL)_/.test(name);

let lab: CliLab;

beforeAll(async () => {
  lab = await openCliLab();
});
afterAll(async () => {
  await lab.expectNoToken();
  await lab.close();
});

const {
  containers: [container],
  terminationGracePeriodSeconds: graceSeconds,
} = workerDeployment().spec.template.spec;

/** As a pod has it, with the files of this folder in the place of those of the cluster. */
async function podEnvironment(): Promise<Record<string, string>> {
  const folder = await tempFolder();
  await mkdir(join(folder, 'run/secrets/keboola'), { recursive: true });
  await mkdir(join(folder, 'etc/keboola'), { recursive: true });
  const inFolder = (text: string): string => text.replaceAll(/(?<!\w)\/(etc|run)\//g, `${folder}/$1/`);
  const connections = inFolder(deployFile('kubernetes/connections.json'));
  const files = {
    'etc/keboola/connections.json': connections.replace('https://connection.keboola.com', lab.sandbox.url),
    'run/secrets/keboola/token': CANARY_TOKEN,
    'run/secrets/keboola/payload-keys.json': keysText('2026-11', ['2026-11']),
  };
  for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text, { mode: 0o440 });
  const set = (container?.env ?? []).flatMap(({ name, value }) =>
    value === undefined ? [] : [[name, inFolder(value)]],
  );
  return Object.fromEntries(set) as Record<string, string>;
}

interface Pod {
  worker: Process;
  health: string;
  metrics: string;
}

/** How many of the workflows have a creation under way at that worker. */
async function creationsHeldBy({ worker }: Pod, handles: readonly WorkflowHandle[]): Promise<number> {
  const seen = await Promise.all(handles.map(async (handle) => (await handle.describe()).raw.pendingActivities ?? []));
  const holders = seen.map((pending) => pending.find(({ activityType }) => activityType?.name === 'createJob'));
  return holders.filter((one) => one?.lastWorkerIdentity?.startsWith(`${worker.pid}@`)).length;
}

/** Whether a pod is ready, by a connection of its own as a probe opens one. */
async function readiness({ health }: Pod): Promise<number> {
  return (await fetch(`http://127.0.0.1:${health}/readyz`, { headers: { connection: 'close' } })).status;
}

async function startPod(): Promise<Pod> {
  const [health, metrics] = [String(await freePort()), String(await freePort())];
  const env = { ...(await podEnvironment()), KEBOOLA_HEALTH_PORT: health, KEBOOLA_METRICS_PORT: metrics };
  const worker = lab.start(container?.args ?? [], {
    ...env,
    TEMPORAL_ADDRESS: lab.address,
    KEBOOLA_TASK_QUEUE: lab.taskQueue,
  });
  await worker.says('Payloads are encrypted with the key 2026-11.');
  return { worker, health, metrics };
}

it('a worker with the settings of the pod answers its probes, and leaves in good order when it is told to', async () => {
  const { worker, health, metrics } = await startPod();
  const { livenessProbe, readinessProbe, startupProbe } = container ?? {};
  for (const probe of [livenessProbe, readinessProbe, startupProbe]) {
    await eventually(async () => {
      expect((await fetch(`http://127.0.0.1:${health}${probe?.httpGet.path ?? ''}`)).status).toBe(200);
    });
  }
  expect((await fetch(`http://127.0.0.1:${metrics}/metrics`)).status).toBe(200);
  expect(worker.stderr).not.toMatch(/chmod/);
  expect((await worker.signal('SIGTERM').end()).code).toBe(0);
});

it('one of two pods that is told to leave amid creations is not ready at once, and no job is lost or created twice', async () => {
  const [leaving, staying] = await Promise.all([startPod(), startPod()]);
  // Whoever has sent a creation waits for its answer, and is still there to be asked.
  lab.sandbox.faults.add({ route: 'create', delaySeconds: HELD_SECONDS, times: 'always' });
  const before = lab.sandbox.counters;
  const { workflow } = lab.temporal;
  const args = [{ component: 'keboola.ex-http', configData: { parameters: { sandbox: { durationSeconds: 1 } } } }];
  const start = () => workflow.start('runJob', { workflowId: lab.unique('pods'), taskQueue: lab.taskQueue, args });
  const handles = await Promise.all(Array.from({ length: PODS_JOBS }, start));
  await eventually(() => expect(lab.sandbox.counters.posts).toBe(before.posts + PODS_JOBS));
  const held = await creationsHeldBy(leaving, handles);
  expect(held).toBeGreaterThan(0);
  expect(held).toBeLessThan(PODS_JOBS);
  await eventually(async () => expect(await readiness(leaving)).toBe(200));
  leaving.worker.signal('SIGTERM');
  await eventually(async () => expect(await readiness(leaving)).toBe(503));
  lab.sandbox.faults.clear();
  lab.sandbox.clock.advance(1_000 * HELD_SECONDS);
  expect((await leaving.worker.end(1_000 * graceSeconds)).code).toBe(0);
  await eventually(async () => {
    const states = await Promise.all(handles.map(async (handle) => (await handle.describe()).status.name));
    expect(states).toEqual(handles.map(() => 'COMPLETED'));
  });
  expect(lab.sandbox.counters).toMatchObject({ posts: before.posts + PODS_JOBS, jobs: before.jobs + PODS_JOBS });
  expect((await staying.worker.signal('SIGTERM').end()).code).toBe(0);
});

it('knows every variable that the deployments set', () => {
  const services = Object.values(composeServices()).flatMap(({ environment = {} }) => Object.keys(environment));
  const image = [...deployFile('Dockerfile').matchAll(/\b((?:KBC|KEBOOLA)_\w+)=/g)].map(([, name = '']) => name);
  const set = [...(container?.env ?? []).map(({ name }) => name), ...services.filter(isOurs), ...image];
  expect(set.length).toBeGreaterThan(12);
  expect(set.filter((name) => !TOLD.includes(`\`${name}\``))).toEqual([]);
});

it('the ports of the pod are those that its worker is told, and its probes ask at the first of them', () => {
  const port = (name: string): number | undefined => container?.ports.find((one) => one.name === name)?.containerPort;
  const told = (name: string): string | undefined => container?.env.find((one) => one.name === name)?.value;
  expect(told('KEBOOLA_HEALTH_PORT')).toBe(String(port('health')));
  expect(told('KEBOOLA_METRICS_PORT')).toBe(String(port('metrics')));
  const probes = [container?.livenessProbe, container?.readinessProbe, container?.startupProbe];
  expect(probes.map((probe) => probe?.httpGet)).toEqual([
    { path: '/healthz', port: 'health' },
    { path: '/readyz', port: 'health' },
    { path: '/healthz', port: 'health' },
  ]);
  expect(deployFile('kubernetes/network.yaml')).toContain(`port: ${port('metrics') ?? ''} }`);
});

it('both deployments give a worker more time to leave than it takes at most', () => {
  expect(workerDeployment().spec.template.spec.terminationGracePeriodSeconds).toBe(120);
  expect(composeServices()['worker']?.stop_grace_period).toBe('120s');
});

it('nodes are emptied also while all workers are unready, as the token of one connection makes them', () => {
  const budget = kubernetesObjects().find(({ kind }) => kind === 'PodDisruptionBudget');
  expect(budget?.spec).toMatchObject({ minAvailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' });
});

it('the sandbox has a place for large files, although nothing else of it can be written to', () => {
  const { read_only: isReadOnly, tmpfs } = composeServices()['sandbox'] ?? {};
  expect({ isReadOnly, tmpfs }).toEqual({ isReadOnly: true, tmpfs: ['/tmp'] });
});

it('the page says all that has to go with the sandbox, for whoever has a project', () => {
  const { sandbox: _, ...others } = composeServices();
  const { worker: { depends_on: awaited = {}, environment = {} } = {} } = others;
  const [, line = ''] =
    /For a project of yours leave out `sandbox`([^]+?)\n\n/.exec(readFileSync(DEPLOYING, 'utf8')) ?? [];
  expect(Object.keys(awaited)).toContain('sandbox');
  expect(line).toContain('`depends_on`');
  const named = Object.keys(environment).filter((name) => environment[name]?.includes('sandbox'));
  expect(named.filter((name) => !line.includes(`\`${name}\``))).toEqual([]);
  const rest = { ...others, worker: { ...others['worker'], depends_on: {}, environment: {} } };
  expect(JSON.stringify(rest)).not.toContain('sandbox');
});

it('secrets come as files that not every user of the pod may read', () => {
  const { volumes } = workerDeployment().spec.template.spec;
  const [secret] = volumes.flatMap(({ secret: one }) => one ?? []);
  expect(secret?.defaultMode.toString(8)).toBe('440');
  const mounted = container?.volumeMounts.map(({ mountPath }) => mountPath) ?? [];
  const files = (container?.env ?? []).flatMap(({ name, value = '' }) => (name.endsWith('_FILE') ? [value] : []));
  expect(files).toHaveLength(2);
  expect(files.filter((file) => !mounted.some((path) => file.startsWith(`${path}/`)))).toEqual([]);
  expect((container?.env ?? []).filter(({ name }) => /TOKEN|API_KEY/.test(name))).toEqual([]);
});

it('every object of the cluster selects the worker that there is, and kustomize lists every file', () => {
  const { matchLabels } = workerDeployment().spec.selector;
  expect(workerDeployment().spec.template.metadata.labels).toEqual(matchLabels);
  const others = kubernetesObjects().filter(({ kind }) => ['PodDisruptionBudget', 'NetworkPolicy'].includes(kind));
  expect(others.map((one) => JSON.stringify(one))).toEqual(
    others.map(() => expect.stringContaining(JSON.stringify(matchLabels)) as string),
  );
  const { resources } = kubernetesObjects().find(({ kind }) => kind === 'Kustomization') as unknown as {
    resources: string[];
  };
  const files = readdirSync(new URL('../../deploy/kubernetes/', import.meta.url)).filter((name) =>
    /\.yaml$/.test(name),
  );
  expect([...resources, 'kustomization.yaml'].sort()).toEqual(files.sort());
});

it('the commands of the services are commands, with options that they have', async () => {
  const commands = Object.values(composeServices()).flatMap(({ command }) => (command ? [command] : []));
  expect(commands.map(([name]) => name).sort()).toEqual(['sandbox', 'setup']);
  for (const command of commands) expect((await lab.run([...command, '--help'])).code).toBe(0);
  const [, , ...options] = commands.find(([name]) => name === 'sandbox') ?? [];
  const { stdout } = await lab.run(['sandbox', '--help']);
  expect(options.filter((word) => word.startsWith('--') && !stdout.includes(word))).toEqual([]);
});
