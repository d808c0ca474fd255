import { SettingsError } from '../../../input/settings-error.js';
import { inAddress, isLoopback } from '../../../input/address.js';
import { isExempt } from './no-proxy.js';

/** The proxy settings from the environment. */
export interface ProxySettings {
  /** The proxy for https addresses. */
  https?: string | undefined;
  /** The proxy for plain http addresses. */
  http?: string | undefined;
  /** The default for both; a SOCKS proxy is ignored, see `unheardProxy`. */
  all?: string | undefined;
  /** Hosts to reach without a proxy (`NO_PROXY`). */
  except?: string | undefined;
}

export interface Proxy {
  protocol: 'http:' | 'https:';
  hostname: string;
  port: number;
  /** `host:port`, for people. */
  name: string;
  /** The value of Proxy-Authorization; a secret. */
  authorization?: string;
}

/** Where an exchange goes, in the connector's terms. */
interface Place {
  protocol: string;
  hostname: string;
  port: number;
}

/** Which proxy an exchange goes through, if any; loopback addresses never use one. */
export class Proxies {
  private readonly https: Proxy | undefined;
  private readonly http: Proxy | undefined;
  private readonly except: string;

  /** @throws SettingsError for an unusable address, without repeating it, since it may contain a password. */
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

/** A SOCKS proxy is set for other programs, and must not stop a worker that gets out without a proxy. */
const SOCKS = /^(socks\w*):\/\//i;

/** A sentence about a proxy that is set but not used; it contains no secret. */
export function unheardProxy({ https, http, all = '' }: ProxySettings): string | undefined {
  const scheme = SOCKS.exec(all)?.[1];
  if (scheme === undefined || (https !== undefined && http !== undefined)) return undefined;
  const advice = 'Where a proxy is needed, set HTTPS_PROXY to one of http.';
  return `ALL_PROXY names a ${scheme.toLowerCase()} proxy, which is not supported and not used for Keboola. ${advice}`;
}

function proxyOf(variable: string, text: string | undefined): Proxy | undefined {
  if (text === undefined || text === '') return undefined;
  const url = URL.parse(/^[a-z0-9+.-]+:\/\//i.test(text) ? text : `http://${text}`);
  if (!url || url.hostname === '') throw unusable(variable, 'is not the address of a proxy');
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
