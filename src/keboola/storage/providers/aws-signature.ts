import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';

/** Temporary AWS keys, issued by Keboola. */
export interface AwsKeys {
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

/** A request to sign. */
export interface Unsigned {
  method: string;
  url: URL;
  headers: Record<string, string>;
  /** SHA-256 of the content in hex, against which S3 checks what arrives. */
  sha256: string;
  /** The time by S3's clock: S3 refuses signatures that are more than 15 minutes off. */
  at: Date;
}

/** The headers of a request, including its signature. */
export async function signed(
  keys: AwsKeys,
  { method, url, headers, sha256, at }: Unsigned,
): Promise<Record<string, string>> {
  const { region, accessKeyId, secretAccessKey, sessionToken } = keys;
  const signer = new SignatureV4({
    service: 's3',
    region,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    sha256: Sha256,
    // S3 signs the path as it is; all other AWS services escape it once more.
    uriEscapePath: false,
    applyChecksum: true,
  });
  const request = {
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { ...headers, host: url.host, 'x-amz-content-sha256': sha256 },
  };
  const { headers: all } = await signer.sign(request, { signingDate: at });
  const { host: _said, ...rest } = all;
  return rest;
}

type Hashing = ReturnType<typeof createHash> | ReturnType<typeof createHmac>;

/** Node's SHA-256, with the interface that the signer wants. */
class Sha256 {
  #hash: Hashing;

  constructor(private readonly secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = this.fresh();
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {
    this.#hash = this.fresh();
  }

  private fresh(): Hashing {
    const { secret } = this;
    if (secret === undefined) return createHash('sha256');
    return createHmac('sha256', secret instanceof ArrayBuffer ? new Uint8Array(secret) : (secret as string));
  }
}
