import type { ConnectionReport } from '../../job/questions.js';
import type { HealthNews } from '../../keboola/http/connection-health.js';

/** The state of a connection, as shown by the worker's requests and by the look at its start (`not-usable`). */
export type ConnectionState = 'well' | 'no-answer' | 'token-refused' | 'no-token' | 'not-usable';

export interface ConnectionStatus {
  name: string;
  state: ConnectionState;
  /** Keboola's answer, or that there was none, if the connection is not well. Without a token. */
  message?: string;
}

/** Keeps the state of each of a worker's connections. */
export class ConnectionBoard {
  private readonly states = new Map<string, ConnectionStatus>();
  /** Connections that requests of jobs have used: those know better than a look. */
  private readonly heardOf = new Set<string>();

  constructor(names: readonly string[]) {
    for (const name of names) this.states.set(name, { name, state: 'well' });
  }

  heard(name: string, news: HealthNews): void {
    const { kind } = news;
    this.heardOf.add(name);
    this.states.set(name, { name, state: kind, ...('message' in news && { message: news.message }) });
  }

  /** Takes in the result of the look at the start, or of a later one. */
  looked({ name, project, problem = 'it cannot be used', unreachable }: ConnectionReport): void {
    if (this.heardOf.has(name)) return;
    if (project) this.states.set(name, { name, state: 'well' });
    else this.states.set(name, { name, state: unreachable ? 'no-answer' : 'not-usable', message: problem });
  }

  /** Names of the connections that only a look has shown to be bad. */
  badByLook(): string[] {
    return this.all().flatMap(({ name, state }) => (state === 'well' || this.heardOf.has(name) ? [] : [name]));
  }

  all(): ConnectionStatus[] {
    return [...this.states.values()];
  }
}

/**
 * Whether no job of the connection can run until a person does something; a missing answer may come later by itself.
 */
export function needsPerson({ state }: ConnectionStatus): boolean {
  return state !== 'well' && state !== 'no-answer';
}
