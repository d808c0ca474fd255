import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import { undecoded } from '../job/failure/undecoded.js';

/**
 * A codec that leaves what it cannot decode as it is, with a note that says why. If a codec throws, the SDK fails the
 * workflow task before the workflow hears of anything, even of its cancellation.
 */
export function passingOn(codec: PayloadCodec): PayloadCodec {
  const decodeOne = async (payload: Payload, context?: SerializationContext): Promise<Payload> => {
    try {
      const [decoded = payload] = await codec.decode([payload], context);
      return decoded;
    } catch (error) {
      return undecoded(payload, error instanceof Error ? error.message : String(error));
    }
  };
  return {
    encode: (payloads, context) => codec.encode(payloads, context),
    decode: async (payloads, context) => {
      try {
        return await codec.decode(payloads, context);
      } catch {
        return await Promise.all(payloads.map((payload) => decodeOne(payload, context)));
      }
    },
  };
}
