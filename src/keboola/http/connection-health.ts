import { KeboolaError, type KeboolaErrorKind } from './keboola-error.js';
import { steadyMs } from './steady-ms.js';

/**
 * A change in a connection's health, or its first good exchange. `quiet`: the connection flaps, or was never bad. Code
 * that tracks the state uses quiet news, too; code that only informs people skips them.
 */
export type HealthNews = ({ kind: Badness; message: string } | { kind: 'well'; afterMs: number }) & { quiet?: true };

/** `no-token`: there is no token to send, e.g. because its file is gone. */
export type Badness = 'token-refused' | 'no-token' | 'no-answer';

/** How one exchange of a connection ended. */
export interface Heard {
  /** Absent if the exchange succeeded. */
  error?: unknown;
  /** Whether the request carried the token: only then does its answer prove that the token works. */
  withToken: boolean;
}

/** A single broken exchange is a blip; jobs ask again a few seconds later. */
const SILENCES_MIN = 3;
/** A flapping connection makes loud news at most once in this time. */
const NEWS_MS_MIN = 60_000;
const SILENT: readonly KeboolaErrorKind[] = ['not-sent', 'interrupted', 'unavailable', 'maintenance'];

/** Watches how the exchanges of a connection end, and reports when it turns bad and when it recovers. */
export class ConnectionHealth {
  private silences = 0;
  private badSinceMs: number | undefined;
  /** Undefined until an exchange has shown it. */
  private state: HealthNews['kind'] | undefined;
  /** The last badness that made loud news. */
  private told: Badness | undefined;
  private toldAtMs = -Infinity;
  /** Only a good answer to a request with the token ends this. */
  private lacksToken = false;

  constructor(
    private readonly tell: (news: HealthNews) => void,
    private readonly now: () => number = steadyMs,
  ) {}

  heard({ error, withToken }: Heard): void {
    const bad = badnessOf(error);
    this.silences = bad === 'no-answer' ? this.silences + 1 : 0;
    if (bad === undefined) this.heardWell(error, withToken);
    else if (bad === 'token-refused' || this.silences >= SILENCES_MIN) this.turnBad(bad, messageOf(error));
  }

  /** No request was made, since there is no token. */
  noToken(error: unknown): void {
    this.turnBad('no-token', messageOf(error));
  }

  private turnBad(kind: Badness, message: string): void {
    const nowMs = this.now();
    this.badSinceMs ??= nowMs;
    if (kind !== 'no-answer') this.lacksToken = true;
    const isLoud = this.told !== kind && nowMs - this.toldAtMs >= NEWS_MS_MIN;
    if (!isLoud && this.state === kind) return;
    this.state = kind;
    if (isLoud) [this.told, this.toldAtMs] = [kind, nowMs];
    this.tell({ kind, message, ...(!isLoud && { quiet: true }) });
  }

  /** Any answer ends a silence, but only a good answer to the token shows that there is one and that it is accepted. */
  private heardWell(error: unknown, withToken: boolean): void {
    const isByToken = error === undefined && withToken;
    if (!isByToken && (this.lacksToken || this.state !== 'no-answer')) return;
    this.lacksToken = false;
    const afterMs = this.badSinceMs === undefined ? 0 : this.now() - this.badSinceMs;
    const isLoud = this.told !== undefined;
    this.badSinceMs = undefined;
    if (this.state === 'well') return;
    [this.state, this.told] = ['well', undefined];
    this.tell({ kind: 'well', afterMs, ...(!isLoud && { quiet: true }) });
  }
}

function badnessOf(error: unknown): Exclude<Badness, 'no-token'> | undefined {
  if (!(error instanceof KeboolaError)) return undefined;
  if (error.isTokenUnknown) return 'token-refused';
  return SILENT.includes(error.kind) ? 'no-answer' : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
