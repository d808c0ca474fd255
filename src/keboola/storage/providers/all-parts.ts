import { KeboolaError } from '../../http/keboola-error.js';

/**
 * What a provider answered for every part, in order. A provider joins whatever parts a list names, so a list with a gap
 * would make a file with a hole.
 *
 * @param parts by number, from 1.
 * @throws KeboolaError of kind `protocol` that names the first missing part.
 */
export function allParts<T>(parts: ReadonlyMap<number, T>, count: number, path: string): [number, T][] {
  return Array.from({ length: count }, (_, at) => {
    const part = parts.get(at + 1);
    if (part !== undefined) return [at + 1, part];
    const reason = `part ${at + 1} of ${count} was not put`;
    throw new KeboolaError({ kind: 'protocol', method: 'POST', path, reason });
  });
}
