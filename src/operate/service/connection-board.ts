import type { HealthNews } from '../../keboola/http/connection-health.js';

/** How a connection does, as far as the worker's requests have shown. */
export type ConnectionState = 'well' | 'no-answer' | 'token-refused' | 'no-token';

export interface ConnectionStatus {
  name: string;
  state: ConnectionState;
  /** What was answered, or not, where it is not well. Without a token. */
  message?: string;
}

/** Keeps how each connection of a worker does. */
export class ConnectionBoard {
  private readonly states = new Map<string, ConnectionStatus>();

  constructor(names: readonly string[]) {
    for (const name of names) this.states.set(name, { name, state: 'well' });
  }

  heard(name: string, news: HealthNews): void {
    const { kind } = news;
    this.states.set(name, { name, state: kind, ...('message' in news && { message: news.message }) });
  }

  all(): ConnectionStatus[] {
    return [...this.states.values()];
  }
}

/** No job of it can be run until a person does something; what does not answer now may do so later. */
export function needsPerson({ state }: ConnectionStatus): boolean {
  return state === 'token-refused' || state === 'no-token';
}
