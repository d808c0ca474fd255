import type { FailureConverter, PayloadCodec, PayloadConverter } from '@temporalio/common';
import type { Worker } from '@temporalio/worker';
import { tellingWhy } from '../job/failure/undecoded.js';
import { wellFormedFailures } from '../job/failure/well-formed-failures.js';
import { passingOn } from './passing-on.js';

/** Where a worker of SDK 1.24 keeps its data converter; the class hides it. */
interface Converting {
  options?: { loadedDataConverter?: Loaded };
}

interface Loaded {
  payloadConverter: PayloadConverter;
  failureConverter: FailureConverter;
  payloadCodecs: PayloadCodec[];
}

/**
 * Keeps payloads and failures that a worker handles outside of the workflow sandbox from ending it, or from blocking a
 * workflow:
 *
 * - Failures of activities, of queries, and of arguments that cannot be decoded are made well-formed.
 * - What a codec cannot decode is passed on, and its converter says why: in the sandbox `readingWhatCanBeRead`.
 *
 * The converters and codecs of the worker's author stay. The SDK has no interceptor around these, and converters of
 * ours would replace the author's.
 */
export function mendConverterOf(worker: Worker): void {
  const converter = (worker as unknown as Converting).options?.loadedDataConverter;
  // Unprotected, one malformed text would end every worker that takes it up, so such a worker does not begin.
  if (!converter) throw new Error("This version of Temporal's SDK keeps its data converter elsewhere: use 1.24");
  converter.failureConverter = wellFormedFailures(converter.failureConverter);
  converter.payloadConverter = tellingWhy(converter.payloadConverter);
  converter.payloadCodecs = converter.payloadCodecs.map(passingOn);
}
