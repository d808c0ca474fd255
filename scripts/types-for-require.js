// Copies the declarations that the entry points reach to dist/require, for programs that are compiled to CommonJS: part of
// `npm run build`. Node 20.19 and newer let them `require` our modules, of which there is one copy only, so that a class
// is the same for everybody. But TypeScript takes a declaration for that of a module which only `import` may load, unless
// a package.json beside it says otherwise.
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));
const TARGET = join(DIST, 'require');
const RELATIVE_IMPORT = /(?:from|import\() ?'(\.[^']+)\.js'/g;

const { exports } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
const entries = Object.values(exports).flatMap((entry) => entry.import?.types ?? []);
const reached = new Set(entries.map((types) => join(DIST, '..', types)));
// A set hands out what is added while it is walked through.
for (const file of reached) {
  const text = await readFile(file, 'utf8');
  for (const [, path] of text.matchAll(RELATIVE_IMPORT)) reached.add(`${join(dirname(file), path)}.d.ts`);
}
await rm(TARGET, { recursive: true, force: true });
await Promise.all([...reached].map((file) => cp(file, join(TARGET, relative(DIST, file)))));
await writeFile(join(TARGET, 'package.json'), '{ "type": "commonjs" }\n');
