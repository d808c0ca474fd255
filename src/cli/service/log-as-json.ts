import type { RuntimeWanted } from '../../operate/run-worker.js';
import { jsonLineNow } from '../../operate/service/json-line.js';
import { terminal } from '../../operate/terminal.js';
import type { Output } from '../text/output.js';

/** Nothing below an error is wanted. */
const QUIET: RuntimeWanted['logLevel'] = 'ERROR';
const FOR_DEVELOPERS: readonly RuntimeWanted['logLevel'][] = ['TRACE', 'DEBUG'];

/**
 * From now on standard error is a log of JSON: failures are lines of it, and so is what Node.js, and we by it, warn of; for
 * that Node.js has lines of its own otherwise.
 */
export function logAsJson(output: Output, logLevel: RuntimeWanted['logLevel']): void {
  output.isLog = true;
  process.removeAllListeners('warning').on('warning', ({ name, message }) => {
    // Which way of calling Node.js will end some day is for who writes the code.
    const isOfUse = name !== 'DeprecationWarning' || FOR_DEVELOPERS.includes(logLevel);
    if (!isOfUse || logLevel === QUIET) return;
    terminal.remark(jsonLineNow('WARN', name === 'Warning' ? message : `${name}: ${message}`));
  });
}
