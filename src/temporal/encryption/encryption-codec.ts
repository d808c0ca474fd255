import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { decode, encode } from '@temporalio/common/lib/encoding.js';
import proto from '@temporalio/proto';
import type { PayloadKey, PayloadKeys } from './payload-keys.js';
import { keyMissing, keyWrong } from './payload-key-error.js';

const ENCODING = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';
const CIPHER = 'aes-256-gcm';
/** As NIST SP 800-38D has it for random nonces; one key is good for 2^32 payloads. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const { Payload: Message } = proto.temporal.api.common.v1;

/**
 * Encrypts whole payloads, so that neither their values nor their types can be read in Temporal, its database and its
 * Web UI. The output is that of Temporal's own samples for encryption in all of its SDKs: `encoding` is
 * `binary/encrypted`, `encryption-key-id` names the key, and the data are 12 bytes of nonce, then the payload's own
 * protobuf in AES-256-GCM with its tag of 16 bytes at the end.
 *
 * Plain payloads pass unchanged, so that older workflows can still be read. Without a key to encrypt with, nothing is
 * encrypted.
 */
export class EncryptionCodec implements PayloadCodec {
  constructor(private readonly keys: PayloadKeys) {}

  encode(payloads: Payload[]): Promise<Payload[]> {
    const { encryptWith } = this.keys;
    if (!encryptWith) return Promise.resolve(payloads);
    // A payload that could not be opened, and is only passed on, stays as it is.
    const closed = payloads.map((one) => (keyIdOf(one) === undefined ? encrypted(one, encryptWith) : one));
    return Promise.resolve(closed);
  }

  /** Rejects with a PayloadKeyError if the key of a payload is missing here, or is another one. */
  async decode(payloads: Payload[]): Promise<Payload[]> {
    return await Promise.resolve(payloads).then((all) => all.map((payload) => this.decrypted(payload)));
  }

  private decrypted(payload: Payload): Payload {
    const keyId = keyIdOf(payload);
    if (keyId === undefined) return payload;
    const key = this.keys.find(keyId);
    if (!key) throw keyMissing(keyId, this.keys.ids);
    try {
      return Message.decode(opened(payload.data ?? new Uint8Array(), key));
    } catch {
      throw keyWrong(keyId);
    }
  }
}

function encrypted(payload: Payload, { id, key }: PayloadKey): Payload {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  const text = cipher.update(Message.encode(payload).finish());
  const data = Buffer.concat([nonce, text, cipher.final(), cipher.getAuthTag()]);
  return { metadata: { encoding: encode(ENCODING), [KEY_ID]: encode(id) }, data };
}

/** @throws Error of Node if key, tag or length are wrong. */
function opened(data: Uint8Array, key: KeyObject): Uint8Array {
  const tagAt = data.length - TAG_BYTES;
  const decipher = createDecipheriv(CIPHER, key, data.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(data.subarray(tagAt));
  return Buffer.concat([decipher.update(data.subarray(NONCE_BYTES, tagAt)), decipher.final()]);
}

/** A payload that names no key was encrypted by somebody else, in a way of their own. */
function keyIdOf({ metadata }: Payload): string | undefined {
  const { encoding, [KEY_ID]: keyId } = metadata ?? {};
  return encoding && keyId && decode(encoding) === ENCODING ? decode(keyId) : undefined;
}
