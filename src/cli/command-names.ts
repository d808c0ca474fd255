import { UsageError } from './exit/usage-error.js';

/** In the order in which help shows them. */
export const COMMAND_NAMES = [
  'demo',
  'dev',
  'worker',
  'sandbox',
  'codec-server',
  'setup',
  'doctor',
  'run',
  'pipeline',
  'import',
  'export',
  'wait',
  'follow',
  'status',
  'list',
  'tree',
  'cancel',
  'logs',
  'rerun-plan',
  'components',
  'action',
  'call',
] as const;

export type CommandName = (typeof COMMAND_NAMES)[number];

/** Commands that would ignore `--connection`, and why. */
const FOR_ALL: Partial<Record<CommandName, string>> = {
  demo: 'it plays in the projects of the sandbox',
  dev: 'its worker serves all connections',
  worker: 'it serves all connections',
  sandbox: 'it is asked by its address',
  'codec-server': 'its keys are those of the whole namespace',
  setup: 'search attributes are those of the whole namespace',
};

/** Refuses an option that the command would silently ignore. @throws UsageError. */
export function refuseConnection(command: string, connection: string | undefined): void {
  const why = FOR_ALL[command as CommandName];
  if (connection === undefined || why === undefined) return;
  throw new UsageError(`"${command}" takes no --connection: ${why}. Leave it out.`);
}

/** Global options whose value is a separate word. */
const WITH_VALUE = ['-c', '--connection'];
const KNOWN = /^(?:--json|-c.*|--connection(?:=.*)?)$/;

/** The command that a line asks for; undefined if it names none, asks for general help, or names an unknown one. */
export function commandAskedFor(words: readonly string[]): CommandName | undefined {
  const at = words.findIndex((word, index) => !word.startsWith('-') && !WITH_VALUE.includes(words[index - 1] ?? ''));
  // An unknown option before the command may ask for help or be a mistake: then the line is not about the command.
  const asksForMore = words.slice(0, at).some((word) => word.startsWith('-') && !KNOWN.test(word));
  return asksForMore ? undefined : COMMAND_NAMES.find((name) => name === words[at]);
}
