import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path/posix';
import { expect, test } from 'vitest';
import { INNER_ROOMS, ROOMS } from '../eslint.rooms.js';
import { drawRooms } from '../scripts/rooms/draw.js';
import { circles, importedPaths, readImports, siblingArrows, type Arrow } from '../scripts/rooms/imports.js';

const ROOT = new URL('../', import.meta.url);
/** More files than that beside each other are read one by one, and not seen at a glance. */
const FILES_MAX = 20;
/** Declarations for packages, and what any room may import. */
const NO_ROOMS = ['types'];

const { files, imports } = readImports(ROOT);

test('no file imports itself, by whatever way', () => {
  expect(circles(imports.map(({ from, to }): Arrow => [from, to]))).toEqual([]);
});

test('no two rooms beside each other import each other, at any depth and by whatever way', () => {
  expect(circles(siblingArrows(imports))).toEqual([]);
});

test('a circle of two, of three and of rooms would be found', () => {
  const [a, b, c]: [Arrow, Arrow, Arrow] = [
    ['src/a/x.ts', 'src/b/y.ts'],
    ['src/b/z.ts', 'src/c/x.ts'],
    ['src/c/x.ts', 'src/a/x.ts'],
  ];
  expect(circles([a, ['src/b/y.ts', 'src/a/x.ts']])).toHaveLength(2);
  expect(circles([a, b, c])).toEqual([]);
  expect(circles(siblingArrows([a, b, c].map(([from, to]) => ({ from, to }))))).toHaveLength(3);
});

test.each([
  ["import { a } from './a.js';", ['./a']],
  ["import type { A } from '../a/b.js';\nexport * from './c.js';", ['../a/b', './c']],
  ["import {\n  a,\n} from\n  './a.js';", ['./a']],
  ["import './only-loaded.js';", ['./only-loaded']],
  ["const { a } = await import('./later.js');", ['./later']],
  ["import { z } from 'zod';\nimport 'node:fs';", []],
])('an import of a file of ours is seen however it is written: %j', (text, paths) => {
  expect(importedPaths(text)).toEqual(paths);
});

test('no folder holds more files than can be seen at a glance', () => {
  const counts = new Map<string, number>();
  for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  expect([...counts].filter(([, count]) => count > FILES_MAX)).toEqual([]);
});

test('the plan that lint holds names every room, and every room in a room', () => {
  const rooms = foldersIn('src').filter((room) => !NO_ROOMS.includes(room));
  expect(rooms.filter((room) => room !== 'cli' && !(room in ROOMS))).toEqual([]);
  for (const room of rooms) expect([...(INNER_ROOMS[room] ?? [])].sort(), room).toEqual(foldersIn(`src/${room}`));
});

test('the picture of the rooms shows what the files import: npm run rooms-picture', () => {
  expect(readFileSync(new URL('docs/pictures/rooms.svg', ROOT), 'utf8')).toBe(drawRooms({ files, imports }));
});

function foldersIn(path: string): string[] {
  const entries = readdirSync(new URL(path, ROOT), { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}
