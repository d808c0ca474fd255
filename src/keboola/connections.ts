import { ConnectionHealth, type HealthNews } from './http/connection-health.js';
import { Connection, type ConnectionSettings } from './connection/connection.js';
import { UnknownConnection } from './connection/errors.js';
import type { Transporter } from './http/exchange.js';
import { KeboolaHttp } from './http/http.js';
import { Proxies, type ProxySettings } from './http/proxy/proxies.js';
import { Keboola } from './keboola.js';
import { TalliedTransporter } from './tally/tallied-transporter.js';
import type { Tally } from './tally/tally.js';

interface Options {
  userAgent?: string;
  /** The proxies from the environment. Default: none. */
  proxy?: ProxySettings;
  /** Is told when a connection turns bad, and when it recovers. */
  tell?: (connection: Connection, news: HealthNews) => void;
  /** Counts every exchange. */
  tally?: Tally;
}

/** The Keboola projects that a worker knows, by name. */
export class Connections {
  /** Reads from addresses that belong to no project. */
  readonly transporter: Transporter;

  private readonly http: KeboolaHttp;

  private readonly projects: ReadonlyMap<string, Keboola>;

  /** @throws SettingsError for an unusable address, at start rather than at the first job. */
  constructor(
    settings: readonly ConnectionSettings[],
    { proxy, userAgent = 'keboola-temporal', ...listeners }: Options = {},
  ) {
    this.http = new KeboolaHttp(userAgent, new Proxies(proxy));
    this.transporter = listeners.tally ? new TalliedTransporter(this.http, listeners.tally) : this.http;
    this.projects = new Map(settings.map((one) => [one.name, this.project(one, listeners)]));
  }

  /** @throws UnknownConnection, which lists the known names. */
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

  private project(settings: ConnectionSettings, { tell, tally }: Pick<Options, 'tell' | 'tally'>): Keboola {
    const health = tell && new ConnectionHealth((news) => tell(connection, news));
    const connection = new Connection(settings, (error) => health?.noToken(error));
    return new Keboola({ sender: this.http, transporter: this.transporter }, connection, {
      ...(health && { hear: (heard) => health.heard(heard) }),
      ...(tally && { tally }),
    });
  }

  async close(): Promise<void> {
    await this.http.close();
  }
}
