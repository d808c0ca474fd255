import { SettingsError } from '../../input/settings-error.js';
import { redactTokens } from '../../input/secrets.js';
import { isLoopback, mayBeLoopback } from '../../input/address.js';

const EXAMPLE = 'https://connection.keboola.com';
/** Where hosts without TLS are allowed. */
const LIST = 'in KBC_ALLOW_HTTP_HOSTS (for a file of connections, in its allowHttpHosts)';

/**
 * The hosts that may see the token: the configured origin and its sibling services in the same Keboola stack, but never
 * a host only because a response names it.
 */
export class TokenOrigins {
  private constructor(
    readonly base: URL,
    private readonly allowHttpHosts: ReadonlySet<string>,
  ) {}

  /**
   * @param url the address of Storage, for example `https://connection.keboola.com`.
   * @throws SettingsError if the text is not an address, or is plain http to another machine; if one of the hosts is none.
   */
  static of(url: string, allowHttpHosts: readonly string[] = []): TokenOrigins {
    const base = parse(url);
    const origins = new TokenOrigins(base, new Set(allowHttpHosts.map(hostOf)));
    if (!origins.isProtected(base)) {
      throw new SettingsError(
        `${base.origin} is plain http to another machine, so the token would travel unprotected. ` +
          `Use https, or list the host ${LIST} if the network is yours.`,
      );
    }
    return origins;
  }

  /**
   * The address of a service that the stack's index names, if the token may go there.
   *
   * @throws SettingsError if the host is outside of the stack.
   */
  accept(serviceUrl: string): URL {
    const url = parse(serviceUrl);
    if (url.origin === this.base.origin || (this.isSibling(url) && this.isProtected(url))) return url;
    if (this.isBaseByAnotherName(url)) {
      // Keep the configured name instead of the one in the answer: its certificate and its tunnel are for that name.
      url.host = this.base.host;
      return url;
    }
    throw new SettingsError(
      `Keboola's index names a service at ${url.origin}, which is outside of the stack of ${this.base.origin}; ` +
        'the token is not sent there. Check the address of the connection (KBC_URL, or its url in a file of connections).',
    );
  }

  /**
   * The address of a file, named by an answer and used without our token. Any host is accepted, since files are kept
   * outside of Keboola, but no unencrypted way to one, and no service of this machine unless Keboola itself runs on it
   * (the sandbox).
   *
   * @throws SettingsError for plain http to another machine, for this machine, and for a text that is not an address or
   * carries a user or a password.
   * @param who who names the address, for the error.
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
        `Nothing was sent there. List the host ${LIST} if the network is yours.`,
    );
  }

  /**
   * `connection.keboola.com` and `syrup.keboola.com` are siblings: they differ in the first label only. The rest must
   * have at least two labels; otherwise a host `connection.com` would make everything under `.com` its sibling.
   */
  private isSibling(url: URL): boolean {
    const [first, ...stack] = this.base.hostname.split('.');
    const [, ...other] = url.hostname.split('.');
    const sameStack = first === 'connection' && stack.length >= 2 && other.join('.') === stack.join('.');
    return sameStack && url.port === this.base.port;
  }

  /** `localhost`, `127.0.0.1` and `[::1]` are the same machine, so the same port is the same service. */
  private isBaseByAnotherName(url: URL): boolean {
    const sameService = url.protocol === this.base.protocol && url.port === this.base.port;
    return sameService && isLoopback(url.hostname) && isLoopback(this.base.hostname);
  }

  /** Keboola itself is on this machine, or has this name, or the operator of the worker has allowed the host. */
  private isHereToo({ hostname }: URL): boolean {
    return isLoopback(this.base.hostname) || hostname === this.base.hostname || this.allowHttpHosts.has(hostname);
  }

  private isProtected(url: URL): boolean {
    return url.protocol === 'https:' || isLoopback(url.hostname) || this.allowHttpHosts.has(url.hostname);
  }
}

/** As addresses have it. An address or a port here would allow nothing, and say so only much later. */
function hostOf(text: string): string {
  const host = text.trim().toLowerCase();
  if (host !== '' && !host.includes('*') && URL.parse(`http://${host}`)?.hostname === host) return host;
  throw new SettingsError(
    `"${shown(text)}" is not the name of a host, without scheme and port, such as keboola.internal, to list ${LIST}.`,
  );
}

function parse(text: string): URL {
  const url = URL.parse(text.includes('://') ? text : `https://${text}`);
  const isQuoted = /^["'`]/.test(text);
  if (!url || isQuoted || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    const advice = isQuoted ? 'leave out the quotes around it' : `expected for example ${EXAMPLE}`;
    throw new SettingsError(`${quoted(shown(text))} is not a web address; ${advice}.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new SettingsError(`The address of ${url.host} carries a user or a password; remove them.`);
  }
  return url;
}

function quoted(text: string): string {
  return text.startsWith('"') ? text : `"${text}"`;
}

/** A text that people gave as an address may be a token, or contain a password. */
function shown(text: string): string {
  return redactTokens(text).replace(/[^/@]*@/, '***@');
}
