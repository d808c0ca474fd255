import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { EncryptionCodec } from './encryption-codec.js';
import type { PayloadKeys } from './payload-keys.js';

/**
 * The `dataConverter` of a client or a worker whose payloads are encrypted. Every client and every worker of a
 * namespace needs the same keys.
 *
 * @param own your own payload converter and codecs; they come first, so that their output is encrypted. Your own
 * failure converter stays, and then has to encode message and stack trace itself (`encodeCommonAttributes`).
 */
export function encryptedDataConverter(keys: PayloadKeys, own: DataConverter = {}): DataConverter {
  // A path that is given as undefined must not remove ours.
  const path = own.failureConverterPath ?? (keys.encryptWith && failureConverterPath());
  return {
    ...own,
    ...(path !== undefined && { failureConverterPath: path }),
    payloadCodecs: [...(own.payloadCodecs ?? []), new EncryptionCodec(keys)],
  };
}

/** Compares the whole path, since an author's own file may have the same name. */
export function isOurFailureConverter(path: string): boolean {
  return [failureConverterPath(), BUILT].includes(resolve(path));
}

/** The file of the failure converter for encryption. A workflow bundle that is built ahead needs it, too. */
export function failureConverterPath(): string {
  const compiled = fileURLToPath(new URL('failure-converter.js', import.meta.url));
  return existsSync(compiled) ? compiled : compiled.replace(/\.js$/, '.ts');
}

/** Code that runs from sources takes this file, because Node itself loads it. */
const BUILT = fileURLToPath(new URL('../../../dist/temporal/encryption/failure-converter.js', import.meta.url));
