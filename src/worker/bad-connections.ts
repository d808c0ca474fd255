import type { HealthNews } from '../keboola/http/connection-health.js';
import { AskAgain } from './ask-again.js';

/** What can be asked whether it is well; its answer is heard by whoever hears of its health. */
interface Askable {
  find(name: string): { verify(): Promise<void> } | undefined;
}

/**
 * Asks connections that have turned bad once a minute. Without it one that no job uses would be told as bad until the next job, and
 * nobody would see that it is well again.
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
