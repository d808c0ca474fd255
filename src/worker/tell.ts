import { Runtime, type LogLevel } from '@temporalio/worker';
import { writtenOutInLine } from '../job/text/written-out.js';

/** What an event of the worker is about; the log has a field for each. */
export interface Facts {
  connection?: string;
  taskQueue?: string;
}

/** Logs one sentence about the worker as a whole. */
export type Tell = (level: LogLevel, sentence: string, facts?: Facts) => void;

/**
 * Writes into the log of Temporal's SDK, wherever its owner sends that. The sentence may contain words of Keboola, or
 * of a token's description, and that log would write them to a terminal as they are.
 */
export const tellWorkerLog: Tell = (level, sentence, facts) => {
  Runtime.instance().logger.log(level, writtenOutInLine(sentence), facts && { ...facts });
};
