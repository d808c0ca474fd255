import { SettingsError } from '../../input/settings-error.js';
import { redactTokens } from '../../input/secrets.js';
import { isLoopback, mayBeLoopback } from '../../input/address.js';

/**
 * Which hosts may see the token: the configured origin and its sibling services of the same Keboola stack, never a
 * host that only a response names.
 */
export class TokenOrigins {
  private constructor(
    readonly base: URL,
    private readonly allowHttpHosts: ReadonlySet<string>,
  ) {}

  /**
   * @param url the address of Storage, for example `https://connection.keboola.com`.
   * @throws SettingsError when the text is no address, or is plain http to a host that is not this machine.
   */
  static of(url: string, allowHttpHosts: readonly string[] = []): TokenOrigins {
    const base = parse(url);
    const origins = new TokenOrigins(base, new Set(allowHttpHosts.map((host) => host.toLowerCase())));
    if (!origins.isProtected(base)) {
      throw new SettingsError(
        `${base.origin} is plain http to another machine, so the token would travel unprotected. ` +
          'Use https, or list the host in KBC_ALLOW_HTTP_HOSTS if the network is yours.',
      );
    }
    return origins;
  }

  /**
   * The address of a service that the stack's index names, if the token may go there.
   *
   * @throws SettingsError when it is another party's host.
   */
  accept(serviceUrl: string): URL {
    const url = parse(serviceUrl);
    if (url.origin === this.base.origin || (this.isSibling(url) && this.isProtected(url))) return url;
    if (this.isBaseByAnotherName(url)) {
      // The configured name, and not that of an answer: its certificate and its tunnel are for that name.
      url.host = this.base.host;
      return url;
    }
    throw new SettingsError(
      `Keboola's index names a service at ${url.origin}, which is outside of the stack of ${this.base.origin}; ` +
        'the token is not sent there. Check KBC_URL.',
    );
  }

  /**
   * An address without a token that an answer names, where files are: any host, since files are kept elsewhere, but none
   * that others on the way could listen to, and no service of this machine unless Keboola itself is one (the sandbox).
   *
   * @throws SettingsError for plain http to another machine, for this machine, and for what is no address or carries a
   * user or a password.
   * @param who names it, for the error.
   */
  acceptForFiles(address: string, who = 'Keboola'): URL {
    const url = URL.parse(address);
    if (!url || !/^https?:$/.test(url.protocol)) {
      throw new SettingsError(`${who} names no usable address for a file.`);
    }
    if (url.username !== '' || url.password !== '') {
      throw new SettingsError(
        `${who} names an address at ${url.host} for a file that carries a user or a password. Nothing was sent there.`,
      );
    }
    if (mayBeLoopback(url.hostname) && !this.isHereToo(url)) {
      throw new SettingsError(
        `${who} names ${url.origin}, which is this machine, as the place for a file of ${this.base.origin}. ` +
          'Nothing was sent there.',
      );
    }
    if (this.isProtected(url)) return url;
    throw new SettingsError(
      `${who} names ${url.origin} as the place for a file: plain http to another machine, where others could read it. ` +
        'Nothing was sent there. List the host in KBC_ALLOW_HTTP_HOSTS if the network is yours.',
    );
  }

  /**
   * `connection.keboola.com` and `syrup.keboola.com` are siblings: they differ in the first label only. A stack has at
   * least two labels, or a host `connection.com` would make everything under `.com` its sibling.
   */
  private isSibling(url: URL): boolean {
    const [first, ...stack] = this.base.hostname.split('.');
    const [, ...other] = url.hostname.split('.');
    const sameStack = first === 'connection' && stack.length >= 2 && other.join('.') === stack.join('.');
    return sameStack && url.port === this.base.port;
  }

  /** `localhost`, `127.0.0.1` and `[::1]` are one machine, and one port of it is one service. */
  private isBaseByAnotherName(url: URL): boolean {
    const sameService = url.protocol === this.base.protocol && url.port === this.base.port;
    return sameService && isLoopback(url.hostname) && isLoopback(this.base.hostname);
  }

  /** Keboola itself is on this machine, or has this name, or whoever runs the worker says that the host is his. */
  private isHereToo({ hostname }: URL): boolean {
    return isLoopback(this.base.hostname) || hostname === this.base.hostname || this.allowHttpHosts.has(hostname);
  }

  private isProtected(url: URL): boolean {
    return url.protocol === 'https:' || isLoopback(url.hostname) || this.allowHttpHosts.has(url.hostname);
  }
}

function parse(text: string): URL {
  const url = URL.parse(text.includes('://') ? text : `https://${text}`);
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    throw new SettingsError(`"${shown(text)}" is no web address; expected for example https://connection.keboola.com.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new SettingsError(`The address of ${url.host} carries a user or a password; remove them.`);
  }
  return url;
}

/** What people mistake for an address may be a token, or hold a password. */
function shown(text: string): string {
  return redactTokens(text).replace(/[^/@]*@/, '***@');
}
