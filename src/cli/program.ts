import { Command } from 'commander';
import { asTypedHere } from './command-name.js';
import { exitCodesText } from './exit/exit-meanings.js';
import { COMMAND_NAMES, type CommandName } from './command-names.js';
import { terminal } from '../operate/terminal.js';
import { VERSION } from '../operate/version.js';

type AddCommand = (program: Command) => void;

/** Loaded one by one: a command line needs one command, and loading all of them takes longer than running most. */
const COMMANDS: Record<CommandName, () => Promise<AddCommand>> = {
  demo: async () => (await import('./commands/operate/demo.js')).addDemo,
  dev: async () => (await import('./commands/operate/dev.js')).addDev,
  worker: async () => (await import('./commands/operate/worker.js')).addWorker,
  sandbox: async () => (await import('./commands/operate/sandbox.js')).addSandbox,
  'codec-server': async () => (await import('./commands/operate/codec-server.js')).addCodecServer,
  setup: async () => (await import('./commands/operate/setup.js')).addSetup,
  doctor: async () => (await import('./commands/operate/doctor.js')).addDoctor,
  run: async () => (await import('./commands/run.js')).addRun,
  pipeline: async () => (await import('./commands/pipeline.js')).addPipeline,
  import: async () => (await import('./commands/import.js')).addImport,
  export: async () => (await import('./commands/export.js')).addExport,
  wait: async () => (await import('./commands/wait.js')).addWait,
  follow: async () => (await import('./commands/follow.js')).addFollow,
  status: async () => (await import('./commands/status.js')).addStatus,
  list: async () => (await import('./commands/list.js')).addList,
  tree: async () => (await import('./commands/tree.js')).addTree,
  cancel: async () => (await import('./commands/cancel.js')).addCancel,
  logs: async () => (await import('./commands/logs.js')).addLogs,
  'rerun-plan': async () => (await import('./commands/rerun-plan.js')).addRerunPlan,
  components: async () => (await import('./commands/components.js')).addComponents,
  action: async () => (await import('./commands/action.js')).addAction,
  call: async () => (await import('./commands/call.js')).addCall,
};

/**
 * The command line.
 *
 * @param silent suppresses commander's own words about mistakes, which are then reported as JSON.
 * @param only the command that is asked for; default all of them.
 */
export async function createProgram(silent: boolean, only?: CommandName): Promise<Command> {
  const program = new Command('keboola-temporal')
    .description('Run Keboola jobs durably from Temporal')
    .version(VERSION)
    .option('--json', 'print JSON to standard output, and nothing else')
    .option('-c, --connection <name>', "Keboola project: the name of one of the worker's connections")
    .configureOutput({
      writeOut: (text) => terminal.write(asTypedHere(text)),
      writeErr: silent ? () => undefined : (text) => terminal.remark(asTypedHere(text)),
      // Commander's own prefix is "error: "; our messages begin with the type of the error.
      outputError: (text, write) => write(text.replace(/^error: /, 'UsageError: ')),
    })
    .addHelpText('after', exitCodesText())
    .showHelpAfterError('(--help shows how)')
    .configureHelp({ showGlobalOptions: true });
  for (const name of only ? [only] : COMMAND_NAMES) (await COMMANDS[name]())(program);
  return program;
}
