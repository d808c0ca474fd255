import { Runtime, type LogLevel } from '@temporalio/worker';

/** Says one thing of the worker as a whole into its log. */
export type Tell = (level: LogLevel, sentence: string) => void;

/** Into the log that Temporal's SDK writes, wherever its owner has that go. */
export const tellWorkerLog: Tell = (level, sentence) => {
  Runtime.instance().logger.log(level, sentence);
};
