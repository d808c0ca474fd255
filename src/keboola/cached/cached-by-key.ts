import { Cached } from './cached.js';

/** Caches values by key, each for a while; the least recently used key is dropped first. */
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
    // Reinserted at the end each time, so that the first key is the least recently used.
    this.byKey.delete(name);
    this.byKey.set(name, known);
    const [oldest] = this.byKey.keys();
    if (this.byKey.size > this.keysMax && oldest !== undefined) this.byKey.delete(oldest);
    return known;
  }
}
