import { RawValue, type Payload } from '@temporalio/common';

/** An argument that reaches the server as it is, as that of a client in another language or with a codec of its own. */
export function rawPayload(encoding: string, data: string | Uint8Array): RawValue {
  const payload: Payload = { metadata: { encoding: Buffer.from(encoding) }, data: Buffer.from(data) };
  return RawValue.fromPayload(payload);
}
