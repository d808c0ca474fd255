/** A payload cannot be decrypted here. The error names the key and never contains one. */
export class PayloadKeyError extends Error {
  override readonly name = 'PayloadKeyError';

  constructor(
    /** As it stands beside the payload. */
    readonly keyId: string,
    problem: string,
  ) {
    super(problem);
  }
}

/** The id is a text of somebody else's. */
const SHOWN_LENGTH_MAX = 80;
const ADVICE = 'Give every worker and client that key with KEBOOLA_PAYLOAD_KEYS_FILE (docs/encryption.md).';

export function keyMissing(keyId: string, known: readonly string[]): PayloadKeyError {
  const has = known.length === 0 ? 'no keys' : `other keys: ${known.join(', ')}`;
  const problem = `A payload is encrypted with the key ${quote(keyId)}, but this process has ${has}.`;
  return new PayloadKeyError(keyId, `${problem} ${ADVICE}`);
}

export function keyWrong(keyId: string): PayloadKeyError {
  const problem = `A payload that names the key ${quote(keyId)} cannot be decrypted with it: the key here is a different one, or the payload is damaged.`;
  return new PayloadKeyError(keyId, `${problem} ${ADVICE}`);
}

function quote(keyId: string): string {
  return JSON.stringify(keyId.slice(0, SHOWN_LENGTH_MAX));
}
