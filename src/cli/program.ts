import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addAction } from './commands/action.js';
import { addAttach } from './commands/attach.js';
import { addCall } from './commands/call.js';
import { addCancel } from './commands/cancel.js';
import { addComponents } from './commands/components.js';
import { addDemo } from './commands/demo.js';
import { addDev } from './commands/dev.js';
import { addDoctor } from './commands/doctor.js';
import { addExport } from './commands/export.js';
import { addFollow } from './commands/follow.js';
import { addImport } from './commands/import.js';
import { addList } from './commands/list.js';
import { addLogs } from './commands/logs.js';
import { addPipeline } from './commands/pipeline.js';
import { addRun } from './commands/run.js';
import { addSandbox } from './commands/sandbox.js';
import { addSetup } from './commands/setup.js';
import { addStatus } from './commands/status.js';
import { addTree } from './commands/tree.js';
import { addWorker } from './commands/worker.js';
import { asTypedHere } from './command-name.js';
import { terminal } from './terminal.js';

const COMMANDS = [
  addDemo,
  addDev,
  addWorker,
  addSandbox,
  addSetup,
  addDoctor,
  addRun,
  addPipeline,
  addImport,
  addExport,
  addAttach,
  addFollow,
  addStatus,
  addList,
  addTree,
  addCancel,
  addLogs,
  addComponents,
  addAction,
  addCall,
];

/** The whole command line; with `json` it writes no words of its own about mistakes. */
export function createProgram(json: boolean): Command {
  const program = new Command('keboola-temporal')
    .description('Run Keboola jobs durably from Temporal')
    .version(version())
    .option('--json', 'print JSON to standard output, and nothing else')
    .option('-c, --connection <name>', 'Keboola project, by its name in the worker')
    .configureOutput({
      writeOut: (text) => terminal.write(asTypedHere(text)),
      writeErr: json ? () => undefined : terminal.remark,
      // Commander has a prefix of its own; ours say the type of the error.
      outputError: (text, write) => write(text.replace(/^error: /, 'UsageError: ')),
    })
    .showHelpAfterError('(--help shows how)')
    .configureHelp({ showGlobalOptions: true });
  for (const add of COMMANDS) add(program);
  return program;
}

function version(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
