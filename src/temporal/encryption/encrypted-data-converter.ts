import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { EncryptionCodec } from './encryption-codec.js';
import type { PayloadKeys } from './payload-keys.js';

/**
 * The `dataConverter` of a client or a worker whose payloads are encrypted. Every client and every worker of a namespace
 * needs the same keys.
 *
 * @param own payload converter and codecs of your own; they come first, so that what they make is encrypted. A failure
 * converter of your own stays, and then has to encode message and stack trace itself (`encodeCommonAttributes`).
 */
export function encryptedDataConverter(keys: PayloadKeys, own: DataConverter = {}): DataConverter {
  return {
    ...(keys.encryptWith && { failureConverterPath: failureConverterPath() }),
    ...own,
    payloadCodecs: [...(own.payloadCodecs ?? []), new EncryptionCodec(keys)],
  };
}

/** Wherever this package is installed. */
const OURS = /[\\/]encryption[\\/]failure-converter\.[jt]s$/;

export function isOurFailureConverter(path: string): boolean {
  return OURS.test(path);
}

/** The file of the failure converter that goes with encryption. A bundle of workflows that is built ahead needs it, too. */
export function failureConverterPath(): string {
  const compiled = fileURLToPath(new URL('failure-converter.js', import.meta.url));
  return existsSync(compiled) ? compiled : compiled.replace(/\.js$/, '.ts');
}
