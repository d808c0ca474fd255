import { KeboolaError, type KeboolaErrorKind } from './keboola-error.js';
import { steadyMs } from './steady-ms.js';

/**
 * How a connection does, at the moments when that changes, and when it has been well for the first time. `quiet`: it comes and
 * goes, or had never been bad; whoever keeps what it is takes it in, and who only tells people leaves it out.
 */
export type HealthNews = ({ kind: Badness; message: string } | { kind: 'well'; afterMs: number }) & { quiet?: true };

/** `no-token`: there is none to send, as where its file has gone. */
export type Badness = 'token-refused' | 'no-token' | 'no-answer';

/** How one exchange of a connection has ended. */
export interface Heard {
  /** Absent where it was answered well. */
  error?: unknown;
  /** Whether the request carried the token: only then can an answer speak for it. */
  withToken: boolean;
}

/** One that broke is a blip; jobs ask again a few seconds later. */
const SILENCES_MIN = 3;
/** A connection that comes and goes is told of aloud once in this time. */
const NEWS_MS_MIN = 60_000;
const SILENT: readonly KeboolaErrorKind[] = ['not-sent', 'interrupted', 'unavailable', 'maintenance'];

/** Hears how every exchange of a connection ends, and tells when it turns bad and when it is well again. */
export class ConnectionHealth {
  private silences = 0;
  private badSinceMs: number | undefined;
  /** Undefined until something has shown it. */
  private state: HealthNews['kind'] | undefined;
  /** As it was told of aloud. */
  private told: Badness | undefined;
  private toldAtMs = -Infinity;
  /** Only what is answered to the token ends that. */
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

  /** No request was made for the want of a token. */
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

  /** Any answer ends a silence, but only what was given to the token shows that there is one, and that it is taken. */
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
