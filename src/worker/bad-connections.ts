import type { HealthNews } from '../keboola/http/connection-health.js';
import { AskAgain } from './ask-again.js';

/** Connections whose health can be asked for; the answer goes to whoever listens to it. */
interface Askable {
  find(name: string): { verify(): Promise<void> } | undefined;
}

/**
 * Asks connections that have become unhealthy once a minute. Otherwise a connection that no job uses would be shown as
 * bad until the next job, although it has recovered.
 */
export class BadConnections {
  private readonly bad = new Set<string>();
  private readonly again: AskAgain;

  constructor(connections: () => Askable) {
    this.again = new AskAgain(() =>
      Promise.allSettled([...this.bad].map(async (name) => await connections().find(name)?.verify())),
    );
  }

  heard(name: string, { kind }: HealthNews): void {
    if (kind === 'well') this.bad.delete(name);
    else this.bad.add(name);
  }

  begin(): void {
    this.again.begin();
  }

  end(): void {
    this.again.end();
  }
}
