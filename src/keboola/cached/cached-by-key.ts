import { Cached } from './cached.js';

/** Values by key, each remembered for a while; the one that was not asked for the longest goes first. */
export class CachedByKey<K, T> {
  private readonly byKey = new Map<string, Cached<T>>();

  constructor(
    private readonly load: (key: K) => Promise<T>,
    private readonly lifetimeMs: number,
    private readonly keysMax: number,
  ) {}

  get(key: K): Promise<T> {
    return this.at(key).get();
  }

  /** See `Cached`. */
  getFresh(key: K): Promise<T> {
    return this.at(key).getFresh();
  }

  private at(key: K): Cached<T> {
    const name = JSON.stringify(key);
    const known = this.byKey.get(name) ?? new Cached(() => this.load(key), this.lifetimeMs);
    // Put at the end each time, so that the first one is the one to go.
    this.byKey.delete(name);
    this.byKey.set(name, known);
    const [oldest] = this.byKey.keys();
    if (this.byKey.size > this.keysMax && oldest !== undefined) this.byKey.delete(oldest);
    return known;
  }
}
