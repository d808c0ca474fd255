import { execFile } from 'node:child_process';
import { chmod, chown, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { deployFile } from '../support/manifests.js';
import { instructionsOf, type Instruction } from './dockerfile.js';

/** What the Dockerfile has made, below a folder that stands for the file systems of its stages: no two of them use one path. */
export interface Image {
  root: string;
  /** What it sets, and what a program needs here. */
  env: Record<string, string>;
  user: string;
  entrypoint: string[];
  command: string[];
  healthcheck: string[];
}

export const UID = 10_001;
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const OUTPUT_BYTES_MAX = 16 * 1024 * 1024;
const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;

/** Runs the steps of the Dockerfile in an empty folder, as a user who owns nothing else, and takes away what is not in the image. */
export async function buildImage(): Promise<Image> {
  const root = await emptyFolder();
  const env = await environment(root);
  const instructions = instructionsOf(deployFile('Dockerfile'));
  let folder = root;
  for (const one of instructions) {
    if (one.name === 'WORKDIR') folder = await owned(join(root, one.text));
    if (one.name === 'ENV') for (const word of one.args) Object.assign(env, assignment(word));
    if (one.name === 'COPY') await copy(one, root, folder);
    if (one.name === 'RUN') await inFolder(folder, one.text, env);
  }
  await rm(join(root, 'build'), { recursive: true });
  await run('chmod', ['-R', 'a-w', root]);
  const last = new Map(instructions.map(({ name, text }) => [name, text]));
  const words = (name: string): string[] => wordsIn(root, last.get(name) ?? '');
  return {
    root,
    env,
    user: last.get('USER') ?? '',
    entrypoint: words('ENTRYPOINT'),
    command: words('CMD'),
    healthcheck: words('HEALTHCHECK'),
  };
}

/** As another user than that of the tests, where those are root's. */
export function asUser(command: readonly string[]): [string, string[]] {
  const [file = '', ...args] = command;
  return isRoot ? ['setpriv', [`--reuid=${UID}`, `--regid=${UID}`, '--clear-groups', ...command]] : [file, args];
}

async function emptyFolder(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'keboola-temporal-image-'));
  onTestFinished(async () => {
    await run('chmod', ['-R', 'u+w', root]);
    await rm(root, { recursive: true, force: true });
  });
  await chmod(root, 0o755);
  return root;
}

/** With the ways in which this machine gets at its registry. */
async function environment(root: string): Promise<Record<string, string>> {
  const names = ['PATH', 'NODE_EXTRA_CA_CERTS', 'npm_config_registry'];
  const ours = names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...(Object.fromEntries(ours) as Record<string, string>), HOME: await owned(join(root, 'home')) };
}

async function owned(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  if (isRoot) await chown(folder, UID, UID);
  return folder;
}

function assignment(word: string): Record<string, string> {
  const [name = '', value = ''] = word.split('=');
  return { [name]: value };
}

async function copy({ args }: Instruction, root: string, folder: string): Promise<void> {
  const from = args.some((word) => word.startsWith('--from=')) ? root : ROOT;
  const paths = args.filter((word) => !word.startsWith('--'));
  const target = paths.at(-1) ?? '';
  for (const path of paths.slice(0, -1)) {
    const place = join(folder, target, target.endsWith('/') ? (path.split('/').at(-1) ?? '') : '');
    await mkdir(dirname(place), { recursive: true });
    await cp(join(from, path), place, { recursive: true, verbatimSymlinks: true });
    if (isRoot) await run('chown', ['-R', `${UID}:${UID}`, place]);
  }
}

/** Rejects with what the command has said, which Node leaves out. */
async function inFolder(cwd: string, text: string, env: Record<string, string>): Promise<void> {
  const [file, args] = asUser(['sh', '-c', text]);
  await run(file, args, { cwd, env, maxBuffer: OUTPUT_BYTES_MAX }).catch((error: unknown) => {
    const { message, stdout, stderr } = error as Error & { stdout: string; stderr: string };
    throw new Error([message, stdout, stderr].join('\n'), { cause: error });
  });
}

/** `["node", "/app/x"]`, also behind the options of a health check. */
function wordsIn(root: string, text: string): string[] {
  const words = JSON.parse(text.replace(/^.*?CMD /, '')) as string[];
  return words.map((word) => word.replace(/^\/app\//, `${root}/app/`));
}
