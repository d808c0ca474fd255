import { isIP } from 'node:net';
import { connect as connectTls, type ConnectionOptions as TlsOptions } from 'node:tls';
import type { TLSConfig } from '@temporalio/client';
import { parseAddress } from './address.js';
import { greet, type Door, type Greeting } from './greet.js';
import { tlsObstacle, type TlsObstacle } from './tls-obstacle.js';

/** What the SDK could not connect to, and how it has tried. */
export interface Target {
  /** `host:port`. */
  address: string;
  tls?: TLSConfig | boolean | null | undefined;
  /** Ends the look; nobody needs its result then. */
  signal?: AbortSignal;
}

/** Nothing at all was heard; `detail` is Node's error code or message. */
export interface Silence {
  kind: 'unknown-host' | 'nobody-listens' | 'no-answer' | 'hangs-up' | 'other-error';
  detail?: string;
}

/** What stands between us and a Temporal server. */
export type Obstacle = Silence | TlsObstacle | { kind: 'speaks-http' | 'speaks-otherwise' };

/** Whether it may be a server that is just starting, and not a mistake in the settings. */
export function mayPass({ kind }: Obstacle): boolean {
  return kind === 'nobody-listens' || kind === 'no-answer' || kind === 'hangs-up' || kind === 'other-error';
}

/**
 * Finds out why no connection comes about. The SDK's client knows only that its time is up, and its worker has words of
 * its own; so this exchanges the first bytes of a connection once more by hand, with the same certificates.
 *
 * @returns undefined when nothing is in the way; then something goes wrong later.
 */
export async function findObstacle({ address, tls, signal }: Target): Promise<Obstacle | undefined> {
  const place = parseAddress(address);
  if (!place) return { kind: 'unknown-host' };
  const door = { ...place, signal };
  return tls ? await overTls(door, tls === true ? {} : tls) : await inPlain(door);
}

async function inPlain(door: Door): Promise<Obstacle | undefined> {
  const greeting = await greet(door);
  if (greeting.kind === 'answered' && looksLikeTls(greeting.bytes)) return { kind: 'wants-tls' };
  const obstacle = obstacleOf(greeting);
  if (obstacle?.kind !== 'hangs-up' && obstacle?.kind !== 'no-answer') return obstacle;
  // A TLS server may hang up on plain bytes without a word.
  const secured = await greet(door, (to) => connectTls({ ...to, ...ALPN, rejectUnauthorized: false }));
  return speaksTls(secured) ? { kind: 'wants-tls' } : obstacle;
}

async function overTls(door: Door, tls: TLSConfig): Promise<Obstacle | undefined> {
  const greeting = await greet(door, (to) => connectTls({ ...to, ...ALPN, ...optionsOf(door, tls) }));
  return tlsObstacle(greeting, tls) ?? obstacleOf(greeting);
}

const ALPN = { ALPNProtocols: ['h2'] };

function optionsOf({ host }: Door, tls: TLSConfig): TlsOptions {
  const { serverNameOverride, serverRootCACertificate, clientCertPair } = tls;
  const servername = serverNameOverride ?? (isIP(host) ? undefined : host);
  return {
    ...(servername !== undefined && { servername }),
    ...(serverRootCACertificate && { ca: Buffer.from(serverRootCACertificate) }),
    ...(clientCertPair && { cert: Buffer.from(clientCertPair.crt), key: Buffer.from(clientCertPair.key) }),
  };
}

const SILENCES: Partial<Record<string, Silence['kind']>> = {
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  ECONNREFUSED: 'nobody-listens',
  ECONNRESET: 'hangs-up',
  EPIPE: 'hangs-up',
  ETIMEDOUT: 'no-answer',
  EHOSTUNREACH: 'no-answer',
  ENETUNREACH: 'no-answer',
};

function obstacleOf(greeting: Greeting): Obstacle | undefined {
  switch (greeting.kind) {
    case 'answered':
      if (greeting.bytes.toString().startsWith('HTTP/1')) return { kind: 'speaks-http' };
      return startsHttp2(greeting.bytes) ? undefined : { kind: 'speaks-otherwise' };
    case 'silent':
      return { kind: 'no-answer' };
    case 'hung-up':
      return { kind: 'hangs-up' };
    case 'failed': {
      const detail = greeting.error.code ?? greeting.error.message;
      return { kind: SILENCES[detail] ?? 'other-error', detail };
    }
  }
}

/** A server's first frame is its settings (RFC 9113, 3.4); the type follows three bytes of length (4.1 and 6.5). */
function startsHttp2(bytes: Buffer): boolean {
  return bytes[3] === 0x04;
}

/** A TLS record, such as the alert that answers plain bytes. */
function looksLikeTls(bytes: Buffer): boolean {
  const [type = 0, version] = bytes;
  return type >= 0x14 && type <= 0x17 && version === 3;
}

function speaksTls(greeting: Greeting): boolean {
  return greeting.secured || (greeting.kind === 'failed' && /ALERT/.test(greeting.error.code ?? ''));
}
