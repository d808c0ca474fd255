import type { ConnectionReport } from '../../job/questions.js';
import type { HealthNews } from '../../keboola/http/connection-health.js';

/** How a connection does, as far as the worker's requests and the look at its start have shown (`not-usable`). */
export type ConnectionState = 'well' | 'no-answer' | 'token-refused' | 'no-token' | 'not-usable';

export interface ConnectionStatus {
  name: string;
  state: ConnectionState;
  /** What was answered, or not, where it is not well. Without a token. */
  message?: string;
}

/** Keeps how each connection of a worker does. */
export class ConnectionBoard {
  private readonly states = new Map<string, ConnectionStatus>();
  /** Requests of jobs know it better than the look at the start. */
  private readonly heardOf = new Set<string>();

  constructor(names: readonly string[]) {
    for (const name of names) this.states.set(name, { name, state: 'well' });
  }

  heard(name: string, news: HealthNews): void {
    const { kind } = news;
    this.heardOf.add(name);
    this.states.set(name, { name, state: kind, ...('message' in news && { message: news.message }) });
  }

  /** Takes in what the look at the start has shown, or another one after it. */
  looked({ name, project, problem = 'it cannot be used', unreachable }: ConnectionReport): void {
    if (this.heardOf.has(name)) return;
    if (project) this.states.set(name, { name, state: 'well' });
    else this.states.set(name, { name, state: unreachable ? 'no-answer' : 'not-usable', message: problem });
  }

  /** The names of those that only a look has shown to be bad. */
  badByLook(): string[] {
    return this.all().flatMap(({ name, state }) => (state === 'well' || this.heardOf.has(name) ? [] : [name]));
  }

  all(): ConnectionStatus[] {
    return [...this.states.values()];
  }
}

/** No job of it can be run until a person does something; what does not answer now may do so later. */
export function needsPerson({ state }: ConnectionStatus): boolean {
  return state !== 'well' && state !== 'no-answer';
}
