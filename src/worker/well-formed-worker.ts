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
 * Lets nothing of a payload or a failure that a worker handles outside of the workflow sandbox end it, or hold a workflow:
 *
 * - Failures of activities, of queries, of arguments that cannot be decoded are well-formed.
 * - What a codec cannot decode goes on as it is, and whoever converts it says why: in the sandbox `readingWhatCanBeRead`.
 *
 * The converters and codecs of the worker's author stay. The SDK has no interceptor around these, and converters of ours
 * would take the place of the author's.
 */
export function mendConverterOf(worker: Worker): void {
  const converter = (worker as unknown as Converting).options?.loadedDataConverter;
  // Without it one odd text would end every worker that takes it up, so a worker that cannot be protected does not begin.
  if (!converter) throw new Error("This version of Temporal's SDK keeps its data converter elsewhere: use 1.24");
  converter.failureConverter = wellFormedFailures(converter.failureConverter);
  converter.payloadConverter = tellingWhy(converter.payloadConverter);
  converter.payloadCodecs = converter.payloadCodecs.map(passingOn);
}
