import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { COMMAND_NAMES } from '../../src/cli/command-names.js';

const WORDS = /\[[^\]]*\]\(([^)\s]+)\)|<img[^>]+src="([^"]+)"/g;
const FENCED = /^```[\s\S]*?^```/gm;

interface Published {
  repository: { url: string };
  homepage: string;
  bugs: string;
  keywords: string[];
}

/** What `npm pack` would put into the tarball. */
let packed: Set<string>;

beforeAll(async () => {
  const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--ignore-scripts', '--json']);
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  packed = new Set(files.map(({ path }) => path));
});

describe('the tarball', () => {
  it('has no link that leads to a file outside of it', async () => {
    const pages = [...packed].filter((path) => path.endsWith('.md'));
    expect(pages).toContain('README.md');
    const broken = await Promise.all(pages.map(async (page) => (await linksOf(page)).filter((link) => !leads(link))));
    expect(broken.flat()).toEqual([]);
  });

  it('has every file that package.json names, for each way in', async () => {
    const { exports, bin, man } = JSON.parse(await readFile('package.json', 'utf8')) as Record<string, object>;
    const named = [...JSON.stringify({ exports, bin, man }).matchAll(/"(?:\.\/)?(dist\/[^"]+)"/g)].map(
      ([, path]) => path,
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !packed.has(path ?? ''))).toEqual([]);
  });

  it('says where its code is and where to report a fault', async () => {
    const { repository, homepage, bugs, keywords } = JSON.parse(await readFile('package.json', 'utf8')) as Published;
    for (const address of [repository.url.replace(/^git\+/, ''), homepage, bugs])
      expect(new URL(address).protocol).toBe('https:');
    expect(keywords).toEqual(expect.arrayContaining(['keboola', 'temporal']));
  });

  it('brings a manual page for the program and each of its commands', async () => {
    const { man } = JSON.parse(await readFile('package.json', 'utf8')) as { man: string[] };
    const names = ['', ...COMMAND_NAMES.map((name) => `-${name}`), '-pipeline-run', '-pipeline-validate'];
    expect(man).toEqual(names.map((name) => `./dist/man/keboola-temporal${name}.1`).sort(byBytes));
    const page = await readFile('dist/man/keboola-temporal-cancel.1', 'utf8');
    expect(page).toContain('.SH NAME\nkeboola\\-temporal\\-cancel \\- stop a job or a pipeline');
    expect(page).toContain('.TP\n\\fB\\-\\-no\\-wait\\fR\nrequest the stop, and do not wait for it');
    expect(page).toContain('.SH EXAMPLES\n.nf\n  keboola\\-temporal cancel 186985832');
    const whole = await readFile('dist/man/keboola-temporal.1', 'utf8');
    expect(whole).toContain('.SH EXIT CODES\n.nf\n  0    success');
  });

  it('has what `demo --break` loads, which is no part of the build', () => {
    const programs = ['run-break.js', 'plain-loop/worker.js', 'plain-loop/workflow.js'];
    expect(programs.filter((path) => !packed.has(`demo/break/${path}`))).toEqual([]);
  });
});

it('no page tells a stranger to run or install a name that nobody has published', async () => {
  const pages = [...packed].filter((path) => path.endsWith('.md'));
  const texts = await Promise.all(pages.map((page) => readFile(page, 'utf8')));
  // `npx --no` runs what is installed, and never fetches what is not.
  const fetched = /npx (?:--yes |-y )?keboola-temporal|npm (?:install|i|add) (?:-\S+ )*keboola-temporal/;
  expect(pages.filter((_page, index) => fetched.test(texts[index] ?? ''))).toEqual([]);
});

function byBytes(a: string, b: string): number {
  return a < b ? -1 : 1;
}

interface Link {
  page: string;
  to: string;
}

async function linksOf(page: string): Promise<Link[]> {
  const text = (await readFile(page, 'utf8')).replace(FENCED, '');
  return [...text.matchAll(WORDS)].map(([, link, image]) => ({ page, to: link ?? image ?? '' }));
}

function leads({ page, to }: Link): boolean {
  if (/^(https?:|mailto:|#)/.test(to)) return true;
  const path = posix.normalize(posix.join(posix.dirname(page), to.replace(/#.*$/, ''))).replace(/\/$/, '');
  return packed.has(path) || [...packed].some((file) => file.startsWith(`${path}/`));
}
