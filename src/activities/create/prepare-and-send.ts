import { SILENT_MS_MAX } from '../../job/times/heartbeats.js';
import { within } from '../within.js';
import { whileSending } from './sending-mark.js';

/** A request that must not be repeated blindly, and what comes before it. */
interface Sending<Prepared, Outcome> {
  /** Does everything that must happen before the request, so that its failure proves that nothing was sent. */
  prepare: () => Promise<Prepared>;
  /** The message of the error if preparing takes too long. */
  slow: string;
  /** The outcome if preparing fails. */
  unprepared: (error: unknown) => Outcome;
  send: (prepared: Prepared) => Promise<Outcome>;
  /** The outcome if the mark could not be recorded. */
  unmarked: Outcome;
}

/** Prepares a request and sends it at most once, under the mark that Temporal keeps (see `whileSending`). */
export async function prepareAndSend<Prepared, Outcome>({
  prepare,
  slow,
  unprepared,
  send,
  unmarked,
}: Sending<Prepared, Outcome>): Promise<Outcome> {
  const startedMs = performance.now();
  let prepared: Prepared;
  try {
    // No heartbeat may be sent before the mark, so preparing must end before the heartbeat timeout. If it takes too
    // long, the answers that it has so far stay cached for the next attempt.
    prepared = await within(SILENT_MS_MAX, slow, prepare());
  } catch (error) {
    return unprepared(error);
  }
  return (await whileSending(startedMs, () => send(prepared))) ?? unmarked;
}
