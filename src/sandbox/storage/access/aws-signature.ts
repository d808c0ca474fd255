import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** The parts of a request that its signature covers. */
export interface SignedRequest {
  method: string;
  /** As it was sent, escapes and all. */
  path: string;
  query: URLSearchParams;
  header(name: string): string | undefined;
}

export interface Authorization {
  accessKeyId: string;
  /** `{day}/{region}/s3/aws4_request` */
  scope: string;
  signedHeaders: readonly string[];
  signature: string;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;

/** Reads the header `Authorization` of Signature Version 4; undefined for any other. */
export function readAuthorization(header: string | undefined): Authorization | undefined {
  const [, accessKeyId, scope, names, signature] = AUTHORIZATION.exec(header ?? '') ?? [];
  if (accessKeyId === undefined || scope === undefined || names === undefined || signature === undefined)
    return undefined;
  return { accessKeyId, scope, signedHeaders: names.split(';'), signature };
}

/**
 * Whether a request was signed with this secret, as AWS documents it ("Create a signed AWS API request"). For S3 the
 * path is taken as it was sent.
 */
export function isSignedWith(secret: string, request: SignedRequest, given: Authorization): boolean {
  const canonical = [
    request.method,
    request.path,
    canonicalQuery(request.query),
    ...given.signedHeaders.map((name) => `${name}:${(request.header(name) ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    given.signedHeaders.join(';'),
    request.header('x-amz-content-sha256') ?? '',
  ].join('\n');
  const date = request.header('x-amz-date') ?? '';
  const text = ['AWS4-HMAC-SHA256', date, given.scope, sha256Hex(canonical)].join('\n');
  const key = given.scope.split('/').reduce<string | Buffer>((before, part) => mac(before, part), `AWS4${secret}`);
  const [expected, signature] = [mac(key, text), Buffer.from(given.signature, 'hex')];
  return expected.length === signature.length && timingSafeEqual(expected, signature);
}

export function sha256Hex(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .sort()
    .join('&');
}

function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

function mac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
