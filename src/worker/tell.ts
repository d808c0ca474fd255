import { Runtime, type LogLevel } from '@temporalio/worker';
import { writtenOutInLine } from '../job/text/written-out.js';

/** What an event of the worker is about; the log has a field for each. */
export interface Facts {
  connection?: string;
  taskQueue?: string;
}

/** Says one thing of the worker as a whole into its log. */
export type Tell = (level: LogLevel, sentence: string, facts?: Facts) => void;

/**
 * Into the log that Temporal's SDK writes, wherever its owner has that go. The words of Keboola, or of a token's description, may
 * come along, and that log writes them to a terminal as they are.
 */
export const tellWorkerLog: Tell = (level, sentence, facts) => {
  Runtime.instance().logger.log(level, writtenOutInLine(sentence), facts && { ...facts });
};
