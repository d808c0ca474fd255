import { Connection, type ConnectionSettings } from './connection.js';
import { UnknownConnection } from './errors.js';
import { KeboolaHttp } from './http.js';
import { Keboola } from './keboola.js';

/** The Keboola projects that a worker knows, by name. */
export class Connections {
  private readonly http: KeboolaHttp;
  private readonly projects: ReadonlyMap<string, Keboola>;

  /** @throws SettingsError for an address that cannot be used: at start, not at the first job. */
  constructor(settings: readonly ConnectionSettings[], userAgent = 'keboola-temporal') {
    this.http = new KeboolaHttp(userAgent);
    this.projects = new Map(settings.map((one) => [one.name, new Keboola(this.http, new Connection(one))]));
  }

  /** @throws UnknownConnection that lists the known names. */
  get(name: string): Keboola {
    const project = this.projects.get(name);
    if (project) return project;
    const known = [...this.projects.keys()].map((key) => `"${key}"`).join(', ') || 'none';
    throw new UnknownConnection(`Connection "${name}" is not known to this worker; it knows ${known}.`);
  }

  find(name: string): Keboola | undefined {
    return this.projects.get(name);
  }

  all(): Keboola[] {
    return [...this.projects.values()];
  }

  async close(): Promise<void> {
    await this.http.close();
  }
}
