import { SettingsError } from './errors.js';
import { TokenOrigins } from './origins.js';

/** How to reach one Keboola project. It lives in the worker only; workflows know its name. */
export interface ConnectionSettings {
  name: string;
  /** Storage's address, for example `https://connection.keboola.com`. */
  url: string;
  /** Read anew for every request, so that a renewed token is picked up. */
  token: () => string;
  /** Hosts besides this machine that may be spoken to without TLS. */
  allowHttpHosts?: readonly string[];
  /** Waits with a creation while the project runs as many jobs as it may. Default true. */
  respectProjectLimit?: boolean;
}

/** A checked connection: where the token may go, and the token. */
export class Connection {
  readonly origins: TokenOrigins;

  /** @throws SettingsError when the address cannot be used. */
  constructor(private readonly settings: ConnectionSettings) {
    this.origins = TokenOrigins.of(settings.url, settings.allowHttpHosts);
  }

  get name(): string {
    return this.settings.name;
  }

  get respectsProjectLimit(): boolean {
    return this.settings.respectProjectLimit ?? true;
  }

  /** @throws SettingsError when there is no token, or one that no header can carry. */
  token(): string {
    const token = this.settings.token().trim();
    if (token === '') throw new SettingsError(`Connection "${this.name}" has no Storage token. Set KBC_TOKEN.`);
    if (!/^[\x21-\x7e]+$/.test(token)) {
      throw new SettingsError(`The token of connection "${this.name}" holds characters that no HTTP header can carry.`);
    }
    return token;
  }
}
