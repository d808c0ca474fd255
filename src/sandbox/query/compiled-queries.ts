import { compile } from './compile.js';
import type { Predicate } from './compile.js';
import { parseQuery } from './parse.js';

const QUERIES_MAX = 500;

/** A cache of compiled queries: a client that polls a list asks the same query again and again. */
export class CompiledQueries {
  readonly #known = new Map<string, Predicate>();

  /** @throws SyrupProblem 400 for a query that cannot be read. */
  get(text: string): Predicate {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const compiled = compile(parseQuery(text));
    if (this.#known.size >= QUERIES_MAX) this.#known.delete(this.#known.keys().next().value ?? '');
    this.#known.set(text, compiled);
    return compiled;
  }
}
