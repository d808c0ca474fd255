import { isMap, isNode, isScalar, isSeq, type Node, type Pair } from 'yaml';

/**
 * The node that a dotted path leads to: the key of a field, or the item of a list. If the path goes beyond the
 * document, as it does for a missing field, the last node on the way. Keys may contain dots.
 */
export function nodeAt(root: unknown, path: string): Node | undefined {
  let here = isNode(root) ? root : undefined;
  let value: unknown = root;
  let rest = path.split('.').filter((part) => part !== '');
  // Each turn takes at least one part of the path.
  while (rest.length > 0) {
    const step = stepInto(value, rest);
    if (!step) return here;
    here = step.node ?? here;
    value = step.value;
    rest = rest.slice(step.taken);
  }
  return here;
}

interface Step {
  node: Node | undefined;
  value: unknown;
  /** How many parts of the path this step takes. */
  taken: number;
}

function stepInto(value: unknown, rest: readonly string[]): Step | undefined {
  if (isSeq(value)) {
    const item: unknown = value.items[Number(rest[0])];
    return item === undefined ? undefined : { node: isNode(item) ? item : undefined, value: item, taken: 1 };
  }
  if (!isMap(value)) return undefined;
  for (let taken = rest.length; taken > 0; taken--) {
    const key = rest.slice(0, taken).join('.');
    const pair = value.items.find((one) => keyOf(one) === key);
    if (pair) return { node: isNode(pair.key) ? pair.key : undefined, value: pair.value, taken };
  }
  return undefined;
}

function keyOf({ key }: Pair): unknown {
  return isScalar(key) ? String(key.value) : key;
}
