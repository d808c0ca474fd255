import { aftermathLines, failureDocument } from './failure-text.js';
import type { Output } from '../text/output.js';

/**
 * Reports a failure to people or, with `--json`, to programs. A failure after the document of `--json` goes to people.
 *
 * @param goesOn what goes on in spite of the failure. @returns the exit code.
 */
export function reportError(error: unknown, output: Output, goesOn?: string): number {
  const failure = failureDocument(error);
  const { type, exitCode } = failure;
  // On a line of its own: the message may end with a command to paste.
  const message = goesOn === undefined ? failure.message : `${failure.message}\n${goesOn}`;
  const isDocument = output.json && !output.isTold;
  if (isDocument) output.result({ error: { ...failure, message } }, '');
  if (!isDocument || output.isLog) output.error(`${type}: ${message}`, { exitCode });
  if (!output.json) for (const line of aftermathLines(failure)) output.say(line);
  return exitCode;
}
