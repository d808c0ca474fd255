import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const LINES_MAX = 250;
const MEDIAN_LINES_MAX = 110;
/** The package's entry points; nobody else collects exports. */
const ENTRY_POINTS = ['', 'client/', 'workflows/', 'activities/', 'sandbox/'].map((room) => `src/${room}index.ts`);

interface Source {
  path: string;
  text: string;
}

/** What is in the repository, or would be with the next commit. */
const files: Source[] = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
  cwd: ROOT,
})
  .toString()
  .split('\0')
  .filter((path) => path !== '' && existsSync(ROOT + path))
  .map((path) => ({ path, text: readFileSync(ROOT + path, 'utf8') }));

const code = files.filter(({ path }) => /^(src|test|bench|demo|scripts)\/.*\.[jt]s$/.test(path));
const src = code.filter(({ path }) => path.startsWith('src/'));

const lineCount = ({ text }: Source): number => text.split('\n').length - 1;
const pathsOf = (sources: readonly Source[]): string[] => sources.map(({ path }) => path);

/** Without comments, roughly: good enough to tell what a file does. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

describe('files', () => {
  test('are found at all', () => {
    expect(src.length).toBeGreaterThan(50);
    expect(pathsOf(files)).toContain('package.json');
  });

  test(`of code have ${LINES_MAX} lines at most`, () => {
    const long = code.filter((file) => lineCount(file) > LINES_MAX);
    expect(long.map((file) => `${file.path}: ${lineCount(file)}`)).toEqual([]);
  });

  test(`of src have ${MEDIAN_LINES_MAX} lines at the median`, () => {
    const lengths = src.map(lineCount).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(MEDIAN_LINES_MAX);
  });
});

describe('src', () => {
  test('never speaks on the console', () => {
    expect(pathsOf(src.filter(({ text }) => /\bconsole\./.test(withoutComments(text))))).toEqual([]);
  });

  test('has no file that only passes on exports, but the entry points', () => {
    const barrels = src.filter(({ text }) => {
      const own = withoutComments(text).replace(/export\s+(?:type\s+)?(?:\*|\{[^}]*\})[^;]*\sfrom\s+'[^']+';/g, '');
      return own.trim() === '';
    });
    expect(pathsOf(barrels).filter((path) => !ENTRY_POINTS.includes(path))).toEqual([]);
  });

  test('has every entry point that the package names', () => {
    const { exports } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as { exports: Record<string, unknown> };
    const named = Object.keys(exports).flatMap((name) =>
      name === './package.json' ? [] : [`src/${name === '.' ? '' : `${name.slice(2)}/`}index.ts`],
    );
    expect(named.sort()).toEqual([...ENTRY_POINTS].sort());
    for (const path of named) expect(pathsOf(src)).toContain(path);
  });
});

describe('the repository keeps to itself', () => {
  // Written in parts, or this file would be the first to fail.
  const outside = ['..', 'shared'].join('/');
  const homes = ['work', 'root', 'Users', 'home'].join('|');
  const machinePath = new RegExp(`(?<![\\w.~-])/(?:${homes})/(?!(?:me|you|user|node)\\b)[\\w.-]+`);

  test('nothing points beside it', () => {
    expect(pathsOf(files.filter(({ text }) => text.includes(outside)))).toEqual([]);
  });

  test('nothing holds a path of the machine that it was written on', () => {
    const found = files.flatMap(({ path, text }) => {
      const match = machinePath.exec(text);
      return match ? [`${path}: ${match[0]}`] : [];
    });
    expect(found).toEqual([]);
  });
});
