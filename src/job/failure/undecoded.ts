import { ApplicationFailure, PayloadConverterError, type Payload, type PayloadConverter } from '@temporalio/common';
import { decode, encode } from '@temporalio/common/lib/encoding.js';
import { cut } from '../text/well-formed.js';

/** Metadata that says why a codec could not decode a payload and left it as it was. */
const WHY = 'keboola-undecoded';
/** The encoding that Temporal's encryption samples use, and ours. */
const ENCRYPTED = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';
/** No other error has this name. */
const UNDECODED = 'UndecodedPayload';
const WHY_LENGTH_MAX = 500;

/** Its name becomes the type of the failure when an activity's worker cannot read the activity's input. */
export class UndecodedPayload extends PayloadConverterError {
  override readonly name = UNDECODED;
}

/**
 * Whether an activity never began because its worker has no key for its input. If a *result* cannot be encoded after
 * the activity is done, the failure has another type.
 */
export function isUnreadInput(cause: unknown): boolean {
  return cause instanceof ApplicationFailure && cause.type === UNDECODED;
}

/** A payload as its codec left it, with the reason attached for the converter that reads it later. */
export function undecoded(payload: Payload, why: string): Payload {
  return { ...payload, metadata: { ...payload.metadata, [WHY]: encode(cut(why, WHY_LENGTH_MAX)) } };
}

/** The payload as it came, without the note. */
export function asItCame(payload: Payload): Payload {
  if (!payload.metadata?.[WHY]) return payload;
  const { [WHY]: _, ...metadata } = payload.metadata;
  return { ...payload, metadata };
}

/** Why a payload cannot be read until the worker gets another key; undefined if it can be, or no key would help. */
export function whyUndecoded({ metadata }: Payload): string | undefined {
  const { encoding, [WHY]: why, [KEY_ID]: keyId } = metadata ?? {};
  if (why) return decode(why);
  if (!keyId || !encoding || decode(encoding) !== ENCRYPTED) return undefined;
  const id = JSON.stringify(cut(decode(keyId), WHY_LENGTH_MAX));
  return `The payload is encrypted with key ${id}, but this worker has no keys: set KEBOOLA_PAYLOAD_KEYS_FILE`;
}

/** A converter that says why a payload is still encoded, instead of "unknown encoding". */
export function tellingWhy(converter: PayloadConverter): PayloadConverter {
  return {
    toPayload: (value, context, hint) => converter.toPayload(value, context, hint),
    fromPayload: (payload, context, hint) => {
      const why = whyUndecoded(payload);
      if (why !== undefined && payload.metadata?.[WHY]) throw new UndecodedPayload(why);
      try {
        // An author's own converter may decrypt by itself.
        return converter.fromPayload(payload, context, hint);
      } catch (error) {
        throw why === undefined ? error : new UndecodedPayload(why);
      }
    },
  };
}
