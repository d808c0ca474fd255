import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const MADE_HERE = ['dist', '.venv'];
const run = promisify(execFile);

/** A stranger's project: this package as npm packs it, and the examples, all outside of this repository. */
export interface Consumer {
  folder: string;
  /** The last shell block of an example's README, which is what people will run. */
  commandsOf(example: string): Promise<string>;
  close(): Promise<void>;
}

export async function openConsumer(): Promise<Consumer> {
  const folder = await mkdtemp(join(tmpdir(), 'keboola-temporal-consumer-'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module", "private": true }');
  await Promise.all([installPackage(folder), linkDependencies(folder), copyExamples(folder)]);
  return {
    folder,
    commandsOf: async (example) => lastShellBlock(await readFile(join(ROOT, 'examples', example, 'README.md'), 'utf8')),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** `npm run test:examples` has built it. */
async function installPackage(folder: string): Promise<void> {
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: ROOT,
  });
  const [packed] = JSON.parse(stdout) as { filename: string }[];
  const installed = join(folder, 'node_modules', 'keboola-temporal');
  await mkdir(installed, { recursive: true });
  await run('tar', ['-xzf', join(folder, packed?.filename ?? ''), '-C', installed, '--strip-components=1']);
}

/** What npm would install is here already; so that the SDK is there once, as it has to be. */
async function linkDependencies(folder: string): Promise<void> {
  const modules = join(ROOT, 'node_modules');
  await mkdir(join(folder, 'node_modules'), { recursive: true });
  const names = await readdir(modules);
  await Promise.all(names.map((name) => symlink(join(modules, name), join(folder, 'node_modules', name))));
}

async function copyExamples(folder: string): Promise<void> {
  const filter = (source: string): boolean => !MADE_HERE.some((name) => source.endsWith(`/${name}`));
  await cp(join(ROOT, 'examples'), join(folder, 'examples'), { recursive: true, filter });
}

function lastShellBlock(readme: string): string {
  return [...readme.matchAll(/^```sh\n([\s\S]*?)^```/gm)].at(-1)?.[1] ?? '';
}
