import type { JsonObject } from '../../json.js';

const FIELDS_MAX = 10_000;
const DEPTH_MAX = 10;

type Tree = Map<string, string | Tree>;

/** Reads a form as PHP does: `a=1`, `tags[]=x`, `tags[0]=x`, `filters[0][column]=id`. */
export function readForm(body: string): JsonObject {
  const tree: Tree = new Map();
  for (const [name, value] of [...new URLSearchParams(body)].slice(0, FIELDS_MAX)) {
    const [head = ''] = /^[^[]*/.exec(name) ?? [];
    const keys = [...name.slice(head.length).matchAll(/\[([^\]]*)\]/g)].map(([, key = '']) => key);
    put(tree, [head, ...keys.slice(0, DEPTH_MAX)], value);
  }
  return Object.fromEntries([...tree].map(([key, item]) => [key, plain(item)]));
}

function put(tree: Tree, [key = '', ...rest]: string[], value: string): void {
  const name = key === '' ? String(tree.size) : key;
  if (rest.length === 0) {
    tree.set(name, value);
    return;
  }
  const known = tree.get(name);
  const below = known instanceof Map ? known : new Map<string, string | Tree>();
  tree.set(name, below);
  put(below, rest, value);
}

/** Keys that count up from zero make a list. */
function plain(item: string | Tree): unknown {
  if (typeof item === 'string') return item;
  const isList = [...item.keys()].every((key, index) => key === String(index));
  if (isList) return [...item.values()].map(plain);
  return Object.fromEntries([...item].map(([key, value]) => [key, plain(value)]));
}
