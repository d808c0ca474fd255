import { KeboolaError, type KeboolaErrorKind } from './keboola-error.js';
import { steadyMs } from './steady-ms.js';

/** How a connection does, at the moments when that changes. */
export type HealthNews = { kind: Badness; message: string } | { kind: 'well'; afterMs: number };

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
/** A connection that comes and goes is told of once in this time. */
const NEWS_MS_MIN = 60_000;
const SILENT: readonly KeboolaErrorKind[] = ['not-sent', 'interrupted', 'unavailable', 'maintenance'];

/** Hears how every exchange of a connection ends, and tells when it turns bad and when it is well again. */
export class ConnectionHealth {
  private silences = 0;
  private badSinceMs: number | undefined;
  private told: Badness | undefined;
  private toldAtMs = -Infinity;

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
    if (this.told === kind || nowMs - this.toldAtMs < NEWS_MS_MIN) return;
    this.told = kind;
    this.toldAtMs = nowMs;
    this.tell({ kind, message });
  }

  /** Any answer ends a silence, but only what was given to the token shows that there is one, and that it is taken. */
  private heardWell(error: unknown, withToken: boolean): void {
    const lacksToken = this.told === 'token-refused' || this.told === 'no-token';
    if (lacksToken && (error !== undefined || !withToken)) return;
    const sinceMs = this.badSinceMs;
    this.badSinceMs = undefined;
    if (this.told === undefined || sinceMs === undefined) return;
    this.told = undefined;
    this.tell({ kind: 'well', afterMs: this.now() - sinceMs });
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
