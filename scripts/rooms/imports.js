import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';

/** `… from '…'`, `import('…')`, and `import '…'` of a module that is only to be loaded. */
const IMPORT = /\b(?:from|import)\b\s*\(?\s*'(\.[^']+)\.js'/g;

/**
 * Every import from one file of `src/` to another, types included: who needs a type of another room knows that room, too.
 *
 * @param {URL} root of the repository, with a slash at its end
 */
export function readImports(root) {
  const names = readdirSync(new URL('src/', root), { recursive: true }).map((name) => name.replaceAll('\\', '/'));
  const files = names.filter((name) => name.endsWith('.ts')).map((name) => `src/${name}`);
  const known = new Set(files);
  const imports = files.flatMap((from) =>
    importedPaths(readFileSync(new URL(from, root), 'utf8'))
      .map((path) => ({ from, to: `${join(dirname(from), path)}.ts` }))
      .filter(({ to }) => known.has(to)),
  );
  return { files: files.sort(), imports };
}

/** The modules of our own that a text imports, as it names them, without their ending. */
export function importedPaths(text) {
  return [...text.matchAll(IMPORT)].map(([, path]) => path);
}

/** The rooms, one level below `src/`: `src/client.ts` is the door of `client`. */
export function roomOf(file) {
  return file.split('/')[1].replace(/\.ts$/, '');
}

/**
 * What two rooms beside each other import of each other, at any depth: of `a/b/x.ts -> a/c/y.ts` that `a/b` needs `a/c`. A
 * file that lies in a folder itself, beside the rooms in it, is of none of them.
 */
export function siblingArrows(imports) {
  const arrows = new Set();
  for (const { from, to } of imports) {
    const [here, there] = [from.split('/'), to.split('/')];
    const at = here.findIndex((name, index) => name !== there[index]);
    if (at < here.length - 1 && at < there.length - 1) {
      arrows.add(`${here.slice(0, at + 1).join('/')} -> ${there.slice(0, at + 1).join('/')}`);
    }
  }
  return [...arrows].map((arrow) => arrow.split(' -> '));
}

/** Those of the arrows that lead back to where they come from, by whatever way. */
export function circles(arrows) {
  const next = nextOf(arrows);
  return arrows.filter(([from, to]) => from !== to && leads(next, to, from));
}

/** The arrows that do not follow from others. */
export function essential(arrows) {
  return arrows.filter((arrow) => !leads(nextOf(arrows.filter((other) => other !== arrow)), ...arrow));
}

/** Where the arrows lead from each place. */
function nextOf(arrows) {
  const next = new Map();
  for (const [from, to] of arrows) next.set(from, [...(next.get(from) ?? []), to]);
  return next;
}

function leads(next, from, to) {
  const seen = new Set();
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const one of next.get(at) ?? []) {
      if (one === to) return true;
      if (!seen.has(one)) open.push(one);
      seen.add(one);
    }
  }
  return false;
}
