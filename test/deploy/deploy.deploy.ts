import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, it, onTestFinished } from 'vitest';
import { freePort } from '../../src/dev/ports.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { eventually } from '../support/eventually.js';
import { required } from '../support/required.js';
import { asUser, buildImage, UID } from './image.js';

/** It installs and builds, where everybody else may be at work. */
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
