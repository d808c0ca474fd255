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
  const there = known.length === 0 ? 'there is none' : `there are ${known.join(', ')}`;
  return new PayloadKeyError(keyId, `A payload is encrypted with the key ${quote(keyId)}, and ${there}. ${ADVICE}`);
}

export function keyWrong(keyId: string): PayloadKeyError {
  const problem = `A payload that names the key ${quote(keyId)} does not open with it: the key is another one, or the payload is damaged.`;
  return new PayloadKeyError(keyId, `${problem} ${ADVICE}`);
}

function quote(keyId: string): string {
  return JSON.stringify(keyId.slice(0, SHOWN_LENGTH_MAX));
}
