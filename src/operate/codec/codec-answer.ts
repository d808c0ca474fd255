import proto from '@temporalio/proto';
import type { Payload } from '@temporalio/common';
import { z } from 'zod';
import type { EncryptionCodec } from '../../temporal/encryption/encryption-codec.js';
import { PayloadKeyError } from '../../temporal/encryption/payload-key-error.js';
import { CodecRefusal } from './codec-refusal.js';
import type { CodecRoute } from './codec-route.js';

const PAYLOADS_MAX = 10_000;
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;
const { Payloads } = proto.temporal.api.common.v1;

const base64 = z.string().regex(BASE64);
/** `temporal.api.common.v1.Payloads` in protobuf's JSON. */
const PayloadsSchema = z.object({
  payloads: z
    .array(z.object({ metadata: z.record(z.string(), base64).optional(), data: base64.optional() }))
    .max(PAYLOADS_MAX),
});

/**
 * Encodes or decodes the payloads of a body, and returns them as JSON in the same order. A payload that the keys do not
 * open stays as it is, so that it does not hide the others.
 *
 * @throws CodecRefusal for a malformed body.
 */
export async function answerTo(codec: EncryptionCodec, route: CodecRoute, body: string): Promise<string> {
  const { payloads } = parsed(body);
  const answer = route === 'encode' ? await codec.encode(payloads) : await decoded(codec, payloads);
  return JSON.stringify(Payloads.toObject(Payloads.create({ payloads: answer }), { bytes: String }));
}

async function decoded(codec: EncryptionCodec, payloads: Payload[]): Promise<Payload[]> {
  const all = payloads.map((payload) =>
    codec.decode([payload]).catch((error: unknown) => {
      if (error instanceof PayloadKeyError) return [payload];
      throw error;
    }),
  );
  return (await Promise.all(all)).flat();
}

function parsed(body: string): proto.temporal.api.common.v1.Payloads {
  try {
    // This throws for base64 of a wrong length.
    return Payloads.fromObject(PayloadsSchema.parse(JSON.parse(body)));
  } catch {
    throw new CodecRefusal(400, 'The body is { "payloads": [{ "metadata": { NAME: BASE64 }, "data": BASE64 }] }');
  }
}
