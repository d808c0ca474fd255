import type { RuntimeWanted } from '../../operate/run-worker.js';
import { jsonLineNow } from '../../operate/service/json-line.js';
import { isTold } from '../../operate/service/log-levels.js';
import { terminal } from '../../operate/terminal.js';
import type { Output } from '../text/output.js';

/**
 * From now on standard error is a log of JSON: failures are lines of it, and so is what Node.js, and we by it, warn of; for
 * that Node.js has lines of its own otherwise.
 */
export function logAsJson(output: Output, logLevel: RuntimeWanted['logLevel']): void {
  output.isLog = true;
  process.removeAllListeners('warning').on('warning', ({ name, message }) => {
    // Which way of calling Node.js will end some day is for who writes the code.
    if (!isTold(name === 'DeprecationWarning' ? 'DEBUG' : 'WARN', logLevel)) return;
    terminal.remark(jsonLineNow('WARN', name === 'Warning' ? message : `${name}: ${message}`));
  });
}
