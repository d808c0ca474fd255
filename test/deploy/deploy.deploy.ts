import { execFile, spawn } from 'node:child_process';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, inject, it, onTestFinished } from 'vitest';
import { freePort } from '../../src/dev/ports.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { eventually } from '../support/eventually.js';
import { deployFile } from '../support/manifests.js';
import { required } from '../support/required.js';
import { instructionsOf, type Instruction } from './dockerfile.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;

/** A folder that stands for the file systems of all stages: no two of them use the same paths. */
async function emptyMachine(uid: number): Promise<{ root: string; home: string }> {
  const root = await mkdtemp(join(tmpdir(), 'keboola-temporal-image-'));
  onTestFinished(async () => {
    await run('chmod', ['-R', 'u+w', root]);
    await rm(root, { recursive: true, force: true });
  });
  const home = join(root, 'home');
  await mkdir(home);
  await chmod(root, 0o755);
  if (isRoot) for (const folder of [root, home]) await chown(folder, uid, uid);
  return { root, home };
}

/** As another user than that of the tests, where those are root's. */
function asUser(uid: number, command: readonly string[]): [string, string[]] {
  if (!isRoot) return [command[0] ?? '', command.slice(1)];
  return ['setpriv', [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', ...command]];
}

async function copy({ args }: Instruction, from: string, to: string, uid: number): Promise<void> {
  const paths = args.filter((word) => !word.startsWith('--'));
  const target = paths.at(-1) ?? '';
  for (const path of paths.slice(0, -1)) {
    const source = path.startsWith('/') ? join(from, path) : join(from, path);
    const place = target.endsWith('/') ? join(to, target, path.split('/').at(-1) ?? '') : join(to, target);
    await mkdir(dirname(place), { recursive: true });
    await cp(source, place, { recursive: true, verbatimSymlinks: true });
    if (isRoot) await run('chown', ['-R', `${uid}:${uid}`, place]);
  }
}

const UID = 10_001;
const OUTPUT_BYTES_MAX = 16 * 1024 * 1024;
/** It installs and builds, where everybody else may be at work. */
const TIMEOUT_MS = 600_000;

/** With what a command has said, which Node leaves out. */
function told(error: Error & { stdout?: string; stderr?: string }): never {
  throw new Error([error.message, error.stdout, error.stderr].join('\n'), { cause: error });
}

it(
  'the steps of the Dockerfile make a worker that runs as nobody in particular, and writes nothing',
  async () => {
    const { root, home } = await emptyMachine(UID);
    const sandbox = await startSandbox({});
    onTestFinished(() => sandbox.close());
    const env: Record<string, string> = { PATH: process.env['PATH'] ?? '', HOME: home };
    // How this machine gets at its registry.
    for (const name of ['NODE_EXTRA_CA_CERTS', 'npm_config_registry']) {
      const value = process.env[name];
      if (value !== undefined) env[name] = value;
    }
    let folder = root;
    for (const one of instructionsOf(deployFile('Dockerfile'))) {
      if (one.name === 'WORKDIR') await mkdir((folder = join(root, one.args[0] ?? '')), { recursive: true });
      if (one.name === 'WORKDIR' && isRoot) await chown(folder, UID, UID);
      if (one.name === 'ENV') for (const word of one.args) env[word.split('=')[0] ?? ''] = word.split('=')[1] ?? '';
      if (one.name === 'COPY')
        await copy(one, one.args.some((word) => word.startsWith('--from=')) ? root : ROOT, folder, UID);
      if (one.name === 'RUN') {
        const [file, args] = asUser(UID, ['sh', '-c', one.text]);
        await run(file, args, { cwd: folder, env: { ...env, NODE_ENV: '' }, maxBuffer: OUTPUT_BYTES_MAX }).catch(told);
      }
    }
    const image = new Map(instructionsOf(deployFile('Dockerfile')).map(({ name, text }) => [name, text]));
    expect(image.get('USER')).toBe(`${UID}:${UID}`);
    await rm(join(root, 'build'), { recursive: true });
    await run('chmod', ['-R', 'a-w', root]);
    const inRoot = (text: string): string[] =>
      (JSON.parse(text) as string[]).map((word) => word.replace(/^\/app\//, `${root}/app/`));
    const settings = {
      ...env,
      KBC_URL: sandbox.url,
      KBC_TOKEN: sandbox.token,
      TEMPORAL_ADDRESS: required(inject('devServer')).address,
      KEBOOLA_TASK_QUEUE: `image-${process.pid}`,
      KEBOOLA_HEALTH_PORT: String(await freePort()),
      KEBOOLA_HEALTH_HOST: '127.0.0.1',
    };
    const [file, args] = asUser(UID, [...inRoot(image.get('ENTRYPOINT') ?? ''), ...inRoot(image.get('CMD') ?? '')]);
    const worker = spawn(file, args, { cwd: folder, env: settings, stdio: ['ignore', 'inherit', 'inherit'] });
    onTestFinished(() => void worker.kill('SIGKILL'));
    const [probe = '', ...probeArgs] = inRoot((image.get('HEALTHCHECK') ?? '').replace(/^.*?CMD /, ''));
    await eventually(() => run(probe, probeArgs, { env: settings }));
    await run('node', [join(root, 'app/dist/cli/main.js'), 'run', 'keboola.ex-http', 'success'], { env: settings });
    worker.kill('SIGTERM');
    expect(await once(worker, 'exit')).toEqual([0, null]);
    await expect(run(probe, probeArgs, { env: settings })).rejects.toThrow();
    expect((await readdir(join(root, 'app'))).sort()).toEqual(['demo', 'dist', 'node_modules', 'package.json']);
    expect(await readdir(join(root, 'app/node_modules'))).not.toContain('vitest');
  },
  TIMEOUT_MS,
);

it(
  'the objects of the cluster are what Kubernetes takes',
  async () => {
    const venv = await mkdtemp(join(tmpdir(), 'keboola-temporal-kubernetes-'));
    onTestFinished(() => rm(venv, { recursive: true, force: true }));
    await run('python3', ['-m', 'venv', venv]);
    await run(join(venv, 'bin/pip'), ['install', '--quiet', 'kubernetes-validate==1.37.0']);
    const folder = join(ROOT, 'deploy/kubernetes');
    const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml');
    const validate = (paths: string[]): Promise<unknown> =>
      run(join(venv, 'bin/kubernetes-validate'), ['--strict', ...paths]);
    await validate(files.map((name) => join(folder, name)));
    await expect(validate([join(ROOT, 'test/deploy/no-deployment.yaml')])).rejects.toThrow();
  },
  TIMEOUT_MS,
);
