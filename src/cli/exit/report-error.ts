import { aftermathLines, failureDocument } from './failure-text.js';
import type { Output } from '../text/output.js';

/** Tells a failure to people or, with `--json`, to programs. @returns the exit code. */
export function reportError(error: unknown, output: Output): number {
  const failure = failureDocument(error);
  if (output.json) output.result({ error: failure }, '');
  else {
    output.error(`${failure.type}: ${failure.message}`);
    for (const line of aftermathLines(failure)) output.say(line);
  }
  return failure.exitCode;
}
