import { X509Certificate } from 'node:crypto';
import type { TLSConfig } from '@temporalio/client';
import type { Greeting, GreetingError } from './greet.js';

/** What is wrong with the TLS connection; `detail` is mostly an error code of Node or OpenSSL. */
export type TlsObstacle =
  | { kind: 'wants-tls' | 'speaks-no-tls' | 'wants-client-certificate' | 'hangs-up-after-handshake' }
  | { kind: 'unknown-authority' | 'not-valid-now'; detail: string }
  /** `names` of the certificate, empty if the server has said only that the name is wrong. */
  | { kind: 'other-name'; names: string }
  /** `expired`: when our certificate expired, if it has, ISO 8601. */
  | { kind: 'refuses-client-certificate'; detail: string; expired?: string };

/**
 * What a greeting over TLS has shown. The names of errors are those of Node (nodejs.org/api/tls.html, "X509 certificate
 * error codes") and of the alerts of RFC 8446, section 6.2.
 *
 * @returns undefined when TLS is not what is in the way.
 */
export function tlsObstacle(greeting: Greeting, { clientCertPair }: TLSConfig): TlsObstacle | undefined {
  const code = greeting.kind === 'failed' ? (greeting.error.code ?? greeting.error.message) : '';
  const isCutOff = greeting.kind === 'hung-up' || /^(ECONNRESET|EPIPE)$/.test(code);
  const isAlert = /ALERT.*(CERT|HANDSHAKE_FAILURE|UNKNOWN_CA|ACCESS_DENIED)/.test(code);
  const expired = clientCertPair && expiryOf(clientCertPair.crt);
  // Some servers hang up without a word: in TLS 1.2 during the handshake, in 1.3 after it, because our side completes
  // the handshake before the server has seen our certificate.
  if (clientCertPair && (isAlert || (isCutOff && (greeting.secured || expired !== undefined)))) {
    return { kind: 'refuses-client-certificate', detail: isCutOff ? 'it hangs up' : code, ...(expired && { expired }) };
  }
  if (isAlert) return { kind: 'wants-client-certificate' };
  if (isCutOff && greeting.secured) return { kind: 'hangs-up-after-handshake' };
  return greeting.kind === 'failed' ? serverObstacle(greeting.error, code) : undefined;
}

function serverObstacle(error: GreetingError, code: string): TlsObstacle | undefined {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return { kind: 'other-name', names: namesOf(error) };
  if (/UNRECOGNIZED_NAME/.test(code)) return { kind: 'other-name', names: '' };
  if (/^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/.test(code)) return { kind: 'not-valid-now', detail: code };
  if (/^(UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|CERT_|INVALID_CA)/.test(code)) {
    return { kind: 'unknown-authority', detail: code };
  }
  return /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|RECORD_TOO_SMALL/.test(code)
    ? { kind: 'speaks-no-tls' }
    : undefined;
}

/** When a certificate expired, ISO 8601; undefined if it has not. */
function expiryOf(certificate: Uint8Array): string | undefined {
  const validUntil = new Date(new X509Certificate(certificate).validTo);
  return validUntil.getTime() < Date.now() ? validUntil.toISOString() : undefined;
}

function namesOf({ cert }: GreetingError): string {
  const names = (cert?.subjectaltname ?? '').split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''));
  return names.filter((name) => name !== '').join(', ');
}
