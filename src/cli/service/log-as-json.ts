import type { RuntimeWanted } from '../../operate/run-worker.js';
import { jsonLineNow } from '../../operate/service/json-line.js';
import { isTold } from '../../operate/service/log-levels.js';
import { terminal } from '../../operate/terminal.js';
import type { Output } from '../text/output.js';

/**
 * Makes standard error a JSON log from now on: failures are lines of it, and so are the warnings of Node.js and our
 * own, which Node.js would otherwise print in its own format.
 */
export function logAsJson(output: Output, logLevel: RuntimeWanted['logLevel']): void {
  output.isLog = true;
  process.removeAllListeners('warning').on('warning', ({ name, message }) => {
    // Deprecations of Node.js concern only those who write the code.
    if (!isTold(name === 'DeprecationWarning' ? 'DEBUG' : 'WARN', logLevel)) return;
    terminal.remark(jsonLineNow('WARN', name === 'Warning' ? message : `${name}: ${message}`));
  });
}
