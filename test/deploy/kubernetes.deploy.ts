import { execFile } from 'node:child_process';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { tempFolder } from '../support/temp-folder.js';
import type { Deployment } from '../support/manifests.js';
import { kustomized, type ClusterObject } from './kustomize.js';

const FOLDER = 'deploy/kubernetes';
const VALIDATE = 'kubernetes-validate==1.37.0';
const run = promisify(execFile);
/** They install, and may have to build, where everybody else is at work. */
const timeout = 600_000;

let text: string;
let objects: ClusterObject[];

beforeAll(async () => {
  ({ text, objects } = await kustomized(FOLDER));
}, timeout);

function nameOfSettings(among: readonly ClusterObject[]): string | undefined {
  return among.find(({ kind }) => kind === 'ConfigMap')?.metadata.name;
}

describe('what kustomize makes of the folder', () => {
  it('is all in one namespace, and belongs together', () => {
    const outside = objects.filter(({ kind, metadata }) => kind !== 'Namespace' && metadata.namespace !== 'keboola');
    expect(outside).toEqual([]);
    expect(new Set(objects.map(({ metadata }) => metadata.labels?.['app.kubernetes.io/part-of']))).toEqual(
      new Set(['keboola-temporal']),
    );
    expect(objects.map(({ kind }) => kind).toSorted()).toEqual(
      ['ConfigMap', 'Deployment', 'Namespace', 'NetworkPolicy', 'PodDisruptionBudget'].toSorted(),
    );
  });

  it('has the image of the registry in the place of its short name', () => {
    expect([...text.matchAll(/^ +image: (.+)$/gm)].map(([, image]) => image)).toEqual([
      'registry.example.com/keboola-temporal:0.1.0',
    ]);
  });

  it('gives the worker other settings by another name, so that a change of the connections starts new pods', async () => {
    const folder = await tempFolder();
    await cp(FOLDER, folder, { recursive: true });
    const connections = join(folder, 'connections.json');
    await writeFile(connections, `${await readFile(connections, 'utf8')}\n`);
    const { objects: changed } = await kustomized(folder);
    for (const some of [objects, changed]) {
      const deployment = some.find(({ kind }) => kind === 'Deployment') as unknown as Deployment;
      const used = deployment.spec.template.spec.volumes.flatMap(({ configMap }) => configMap?.name ?? []);
      expect(used).toEqual([nameOfSettings(some)]);
      expect(nameOfSettings(some)).toMatch(/^keboola-worker-\w{10}$/);
    }
    expect(nameOfSettings(changed)).not.toBe(nameOfSettings(objects));
  });
});

it(
  'the objects of the cluster are what Kubernetes takes, as they are written and as they are sent',
  { timeout },
  async () => {
    const venv = await tempFolder();
    await run('python3', ['-m', 'venv', venv]);
    await run(join(venv, 'bin/pip'), ['install', '--quiet', VALIDATE]);
    const validate = (paths: string[]): Promise<unknown> =>
      run(join(venv, 'bin/kubernetes-validate'), ['--strict', ...paths]);
    const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml');
    const sent = join(venv, 'sent.yaml');
    await writeFile(sent, text);
    await validate([sent, ...names.map((name) => join(FOLDER, name))]);
    await expect(validate(['test/deploy/no-deployment.yaml'])).rejects.toThrow();
  },
);
