import { ProxyFailure } from './proxy/tunnel.js';

/** Something between us and Keboola, which itself may be fine, and what to do about it. */
export interface Obstacle {
  kind: 'certificate' | 'proxy';
  /** For people; contains no secret. */
  text: string;
}

/** Node's codes for a certificate of an unknown issuer (OpenSSL's `X509_V_ERR_*`, without the prefix). */
const UNKNOWN_ISSUER: readonly string[] = [
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_UNTRUSTED',
  'INVALID_CA',
];
const TRUST_IT =
  'set NODE_EXTRA_CA_CERTS to a PEM file with the certificate of the CA that issued it (networks that inspect TLS have their own CA), and restart';
const OTHERS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'has expired; whoever runs that server, or the proxy before it, must renew it',
  CERT_NOT_YET_VALID: 'is not valid yet; look at the clock of this machine',
  CERT_REVOKED: 'was revoked by its issuer',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'is for another name; look for a typing error in the address, or for a proxy on the way',
};

/** @param code Node's error code. */
export function obstacleIn(origin: string, cause: unknown, code: string): Obstacle | undefined {
  if (cause instanceof ProxyFailure) {
    const text = certificateText(`the certificate of the proxy ${cause.proxy}`, cause.code) ?? cause.message;
    return { kind: 'proxy', text: `cannot reach ${origin}: ${text}` };
  }
  const text = certificateText(`the certificate of ${origin}`, code);
  return text === undefined ? undefined : { kind: 'certificate', text };
}

function certificateText(certificate: string, code = ''): string | undefined {
  if (UNKNOWN_ISSUER.includes(code)) return `${certificate} is not trusted (${code}): ${TRUST_IT}`;
  const other = OTHERS[code];
  return other === undefined ? undefined : `${certificate} ${other} (${code})`;
}
