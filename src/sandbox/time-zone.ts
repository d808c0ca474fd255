import { SandboxInputError } from './sandbox-input-error.js';

/** Offsets change on quarter hours only, so one lookup serves a quarter hour. */
const BUCKET_MS = 900_000;
const BUCKETS_MAX = 10_000;
const MINUTE_MS = 60_000;

/** Writes instants as PHP servers of one time zone do: seconds and a numeric offset that follows summer time. */
export class TimeZone {
  readonly #format: Intl.DateTimeFormat;
  readonly #offsets = new Map<number, number>();

  /** @throws SandboxInputError for a name that is no IANA time zone. */
  constructor(readonly name: string) {
    try {
      this.#format = new Intl.DateTimeFormat('en-US', {
        timeZone: name,
        hourCycle: 'h23',
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
      });
    } catch {
      throw new SandboxInputError(`timeZone "${name}" is not an IANA time zone such as Europe/Prague`);
    }
  }

  /** `2016-05-15T18:14:47+02:00`, the form of job documents (PHP `date('c')`). */
  iso(atMs: number): string {
    return this.#local(atMs) + this.#offsetText(atMs, ':');
  }

  /** `2016-03-29T12:26:17+0200`, the form of Storage documents. */
  isoBasic(atMs: number): string {
    return this.#local(atMs) + this.#offsetText(atMs, '');
  }

  /** The calendar year of an instant in this zone. */
  year(atMs: number): number {
    return Number(this.#local(atMs).slice(0, 4));
  }

  /** The instant at which clocks of this zone show what `localMs` would show in UTC. */
  fromLocal(localMs: number): number {
    const guess = localMs - this.#offsetMs(localMs);
    return localMs - this.#offsetMs(guess);
  }

  /** What clocks of this zone show, as if it were UTC. */
  toLocal(atMs: number): number {
    return atMs + this.#offsetMs(atMs);
  }

  #local(atMs: number): string {
    return new Date(this.toLocal(atMs)).toISOString().slice(0, 19);
  }

  #offsetText(atMs: number, separator: string): string {
    const minutes = Math.round(this.#offsetMs(atMs) / MINUTE_MS);
    const two = (value: number): string => String(value).padStart(2, '0');
    const absolute = Math.abs(minutes);
    return `${minutes < 0 ? '-' : '+'}${two(Math.floor(absolute / 60))}${separator}${two(absolute % 60)}`;
  }

  #offsetMs(atMs: number): number {
    const bucket = Math.floor(atMs / BUCKET_MS);
    const known = this.#offsets.get(bucket);
    if (known !== undefined) return known;
    if (this.#offsets.size >= BUCKETS_MAX) this.#offsets.clear();
    const offset = this.#measure(bucket * BUCKET_MS);
    this.#offsets.set(bucket, offset);
    return offset;
  }

  #measure(atMs: number): number {
    const parts: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(atMs)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - atMs;
  }
}
