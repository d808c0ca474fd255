import { SettingsError } from '../../../input/settings-error.js';
import { inAddress, isLoopback } from '../../../input/address.js';
import { isExempt } from './no-proxy.js';

/** What the environment says of proxies. */
export interface ProxySettings {
  /** For addresses of https. */
  https?: string | undefined;
  /** For addresses of plain http. */
  http?: string | undefined;
  /** For both, where there is none for just these; one of SOCKS is not heard, see `unheardProxy`. */
  all?: string | undefined;
  /** Where to go without one. */
  except?: string | undefined;
}

export interface Proxy {
  protocol: 'http:' | 'https:';
  hostname: string;
  port: number;
  /** `host:port`, for people. */
  name: string;
  /** Value of Proxy-Authorization; a secret. */
  authorization?: string;
}

/** Where an exchange goes, as the connector is told it. */
interface Place {
  protocol: string;
  hostname: string;
  port: number;
}

/** Which proxy an exchange goes through, if any; this machine is never asked for through one. */
export class Proxies {
  private readonly https: Proxy | undefined;
  private readonly http: Proxy | undefined;
  private readonly except: string;

  /** @throws SettingsError for an address that cannot be used; it is not repeated, since it may hold a password. */
  constructor({ https, http, all, except = '' }: ProxySettings = {}) {
    const others = SOCKS.test(all ?? '') ? undefined : all;
    this.https = proxyOf('HTTPS_PROXY', https) ?? proxyOf('ALL_PROXY', others);
    this.http = proxyOf('HTTP_PROXY', http) ?? proxyOf('ALL_PROXY', others);
    this.except = except;
  }

  for({ protocol, hostname, port }: Place): Proxy | undefined {
    const host = hostname.replace(/^\[|\]$/g, '');
    if (isLoopback(inAddress(host)) || isExempt(this.except, host, port)) return undefined;
    return protocol === 'https:' ? this.https : this.http;
  }
}

/** Such a proxy is set for other programs, and stops nobody who gets out without one. */
const SOCKS = /^(socks\w*):\/\//i;

/** A sentence about a proxy that is named and that nothing goes through; it holds no secret. */
export function unheardProxy({ https, http, all = '' }: ProxySettings): string | undefined {
  const scheme = SOCKS.exec(all)?.[1];
  if (scheme === undefined || (https !== undefined && http !== undefined)) return undefined;
  const advice = 'Where a proxy is needed, set HTTPS_PROXY to one of http.';
  return `ALL_PROXY names a proxy of ${scheme.toLowerCase()}, which Keboola is not asked through. ${advice}`;
}

function proxyOf(variable: string, text: string | undefined): Proxy | undefined {
  if (text === undefined || text === '') return undefined;
  const url = URL.parse(/^[a-z0-9+.-]+:\/\//i.test(text) ? text : `http://${text}`);
  if (!url || url.hostname === '') throw unusable(variable, 'is no address of a proxy');
  const { protocol } = url;
  if (protocol !== 'http:' && protocol !== 'https:')
    throw unusable(variable, `names a proxy of ${protocol.slice(0, -1)}`);
  const port = Number(url.port) || (protocol === 'https:' ? 443 : 80);
  return {
    protocol,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port,
    name: `${url.hostname}:${port}`,
    ...(url.username !== '' && { authorization: basic(variable, url) }),
  };
}

function basic(variable: string, { username, password }: URL): string {
  try {
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return `Basic ${Buffer.from(pair).toString('base64')}`;
  } catch {
    throw unusable(variable, 'has a user or a password with a % that begins no code; write %25 for it');
  }
}

function unusable(variable: string, why: string): SettingsError {
  return new SettingsError(`${variable} ${why}; expected for example http://proxy.example.com:3128.`);
}
