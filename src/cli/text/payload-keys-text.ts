import type { PayloadKeys } from '../../temporal/encryption/payload-keys.js';

/** How a worker or a client treats payloads, by the names of its keys. */
export function payloadKeysText({ encryptWith, ids }: PayloadKeys): string {
  const others = ids.filter((id) => id !== encryptWith?.id);
  if (!encryptWith) return `New payloads are not encrypted; older ones are decrypted with ${others.join(', ')}.`;
  const rest = others.length === 0 ? '' : `, and decrypted with ${others.join(', ')} as well`;
  return `Payloads are encrypted with the key ${encryptWith.id}${rest}.`;
}
