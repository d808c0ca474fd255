import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, inject, it, onTestFinished } from 'vitest';
import { freePort } from '../../src/dev/ports.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { eventually } from '../support/eventually.js';
import { required } from '../support/required.js';
import { asUser, buildImage, UID } from './image.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const MANIFESTS = fileURLToPath(new URL('../../deploy/kubernetes/', import.meta.url));
/** They install and build, where everybody else may be at work. */
const timeout = 600_000;
const run = promisify(execFile);

it(
  'the steps of the Dockerfile make a worker that runs as nobody in particular, and writes nothing',
  { timeout },
  async () => {
    const { root, env, user, entrypoint, command, healthcheck } = await buildImage();
    expect(user).toBe(`${UID}:${UID}`);
    const sandbox = await startSandbox({});
    onTestFinished(() => sandbox.close());
    const settings = {
      ...env,
      KBC_URL: sandbox.url,
      KBC_TOKEN: sandbox.token,
      TEMPORAL_ADDRESS: required(inject('devServer')).address,
      KEBOOLA_TASK_QUEUE: `image-${process.pid}`,
      KEBOOLA_HEALTH_PORT: String(await freePort()),
      KEBOOLA_HEALTH_HOST: '127.0.0.1',
    };
    const inImage = (words: string[]): Promise<unknown> => run(...asUser(words), { env: settings });
    const [file, args] = asUser([...entrypoint, ...command]);
    const worker = spawn(file, args, { cwd: root, env: settings, stdio: ['ignore', 'inherit', 'inherit'] });
    onTestFinished(() => void worker.kill('SIGKILL'));
    await eventually(() => inImage(healthcheck));
    await inImage([...entrypoint, 'run', 'keboola.ex-http', 'success']);
    worker.kill('SIGTERM');
    expect(await once(worker, 'exit')).toEqual([0, null]);
    await expect(inImage(healthcheck)).rejects.toThrow();
    expect((await readdir(join(root, 'app'))).sort()).toEqual(['demo', 'dist', 'node_modules', 'package.json']);
    expect(await readdir(join(root, 'app/node_modules'))).not.toContain('vitest');
  },
);

it('the objects of the cluster are what Kubernetes takes', { timeout }, async () => {
  const venv = await mkdtemp(join(tmpdir(), 'keboola-temporal-kubernetes-'));
  onTestFinished(() => rm(venv, { recursive: true, force: true }));
  await run('python3', ['-m', 'venv', venv]);
  await run(join(venv, 'bin/pip'), ['install', '--quiet', 'kubernetes-validate==1.37.0']);
  const validate = (paths: string[]): Promise<unknown> =>
    run(join(venv, 'bin/kubernetes-validate'), ['--strict', ...paths]);
  const names = (await readdir(MANIFESTS)).filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml');
  await validate(names.map((name) => join(MANIFESTS, name)));
  await expect(validate([join(HERE, 'no-deployment.yaml')])).rejects.toThrow();
});
