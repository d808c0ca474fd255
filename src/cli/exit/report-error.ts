import { aftermathLines, failureDocument } from './failure-text.js';
import type { Output } from '../text/output.js';

/**
 * Tells a failure to people or, with `--json`, to programs; one that comes after the document of `--json` is for people.
 *
 * @param goesOn what goes on in spite of it. @returns the exit code.
 */
export function reportError(error: unknown, output: Output, goesOn?: string): number {
  const failure = failureDocument(error);
  const { type, exitCode } = failure;
  // A line of its own: what goes before it may end with a command to be pasted.
  const message = goesOn === undefined ? failure.message : `${failure.message}\n${goesOn}`;
  const isDocument = output.json && !output.isTold;
  if (isDocument) output.result({ error: { ...failure, message } }, '');
  if (!isDocument || output.isLog) output.error(`${type}: ${message}`, { exitCode });
  if (!output.json) for (const line of aftermathLines(failure)) output.say(line);
  return exitCode;
}
