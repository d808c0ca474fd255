import { createSecretKey, type KeyObject } from 'node:crypto';

/** One AES-256 key. It cannot be printed by mistake: a `KeyObject` shows nothing of itself. */
export interface PayloadKey {
  /** Stands in plain text beside whatever the key has encrypted. */
  id: string;
  key: KeyObject;
}

/** The keys of a worker or a client: one that encrypts, and all that decrypt. */
export class PayloadKeys {
  private readonly byId: ReadonlyMap<string, KeyObject>;

  /** @param encryptWith undefined for keys that only decrypt. */
  constructor(
    keys: readonly PayloadKey[],
    readonly encryptWith: PayloadKey | undefined,
  ) {
    this.byId = new Map(keys.map(({ id, key }) => [id, key]));
  }

  get ids(): string[] {
    return [...this.byId.keys()];
  }

  find(id: string): KeyObject | undefined {
    return this.byId.get(id);
  }
}

/** The length that AES-256 needs. */
export const KEY_BYTES = 32;

/** @param bytes are wiped, because the key has its own copy. */
export function payloadKey(id: string, bytes: Buffer): PayloadKey {
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return { id, key };
}
