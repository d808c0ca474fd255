/**
 * Levels of lists and maps. Ten nested pipelines with a configuration in the innermost have about 120. YAML parsers,
 * and code that walks or writes the value later, give up or crash from about 800 levels on, depending on their caller.
 */
export const NESTING_MAX = 200;

/** Continues a message that begins with a place or a name. */
export const TOO_DEEP = `is nested too deep, more than ${NESTING_MAX} levels`;

/** Whether a value nests too deep. Walks level by level, each part once: references can make a flat text deep. */
export function isTooDeep(value: unknown): boolean {
  let level = new Set(partsOf(value));
  for (let depth = 0; level.size > 0; depth++) {
    if (depth >= NESTING_MAX) return true;
    level = new Set([...level].flatMap((part) => partsOf(Object.values(part))));
  }
  return false;
}

function partsOf(value: unknown): object[] {
  const items: unknown[] = Array.isArray(value) ? value : [value];
  return items.filter((item): item is object => typeof item === 'object' && item !== null);
}
