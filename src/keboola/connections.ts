import { ConnectionHealth, type HealthNews } from './http/connection-health.js';
import { Connection, type ConnectionSettings } from './connection/connection.js';
import { UnknownConnection } from './connection/errors.js';
import type { Transporter } from './http/exchange.js';
import { KeboolaHttp } from './http/http.js';
import { Proxies, type ProxySettings } from './http/proxy/proxies.js';
import { Keboola } from './keboola.js';

interface Options {
  userAgent?: string;
  /** What the environment says of proxies. Default: there is none. */
  proxy?: ProxySettings;
  /** Hears when a connection turns bad, and when it is well again. */
  tell?: (connection: Connection, news: HealthNews) => void;
}

/** The Keboola projects that a worker knows, by name. */
export class Connections {
  private readonly http: KeboolaHttp;

  private readonly projects: ReadonlyMap<string, Keboola>;

  /** @throws SettingsError for an address that cannot be used: at start, not at the first job. */
  constructor(settings: readonly ConnectionSettings[], { tell, proxy, userAgent = 'keboola-temporal' }: Options = {}) {
    this.http = new KeboolaHttp(userAgent, new Proxies(proxy));
    this.projects = new Map(settings.map((one) => [one.name, this.project(one, tell)]));
  }

  /** Reads what is at an address of nobody's project. */
  get transporter(): Transporter {
    return this.http;
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

  private project(settings: ConnectionSettings, tell: Options['tell']): Keboola {
    const health = tell && new ConnectionHealth((news) => tell(connection, news));
    const connection = new Connection(settings, (error) => health?.noToken(error));
    return new Keboola(this.http, connection, health && ((heard) => health.heard(heard)));
  }

  async close(): Promise<void> {
    await this.http.close();
  }
}
