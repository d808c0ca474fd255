import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { areUpToDate } from '../scripts/workflows/up-to-date.js';
import { tempFolder } from './support/temp-folder.js';

let dist: string;
let bundle: string;
let installed: string;

/** A file that was changed at so many seconds. */
async function changedAt(seconds: number, ...path: string[]): Promise<string> {
  const file = join(...path);
  await writeFile(file, '');
  await utimes(file, seconds, seconds);
  return file;
}

beforeEach(async () => {
  dist = await tempFolder();
  await mkdir(join(dist, 'job'));
  await changedAt(10, dist, 'job', 'fence.js');
  bundle = await changedAt(20, dist, 'bundle.js');
  installed = await changedAt(10, dist, 'installed.json');
});

const upToDate = (): Promise<boolean> => areUpToDate([bundle], [dist, installed]);

describe('a bundle', () => {
  test('that is younger than all that goes into it is not made anew', async () => {
    expect(await upToDate()).toBe(true);
  });

  test('is made where there is none', async () => {
    expect(await areUpToDate([bundle, join(dist, 'other.js')], [dist])).toBe(false);
  });

  test.each([
    ['code below a folder was compiled', ['job', 'fence.js']],
    ['code was added', ['job', 'new.js']],
    ['packages were installed', ['installed.json']],
  ])('is made anew after %s', async (_, path) => {
    await changedAt(30, dist, ...path);
    expect(await upToDate()).toBe(false);
  });

  test('is made anew where nobody knows what is installed', async () => {
    expect(await areUpToDate([bundle], [dist, join(dist, 'missing.json')])).toBe(false);
  });

  test('does not hang on what else is written beside the code', async () => {
    await changedAt(30, dist, '.tsbuildinfo');
    expect(await upToDate()).toBe(true);
  });
});
