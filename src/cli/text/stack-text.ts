import { DEFAULT_CONNECTION, DEFAULT_TASK_QUEUE } from '../../job/input.js';
import type { ConnectionReport } from '../../job/questions.js';
import { compact } from '../../job/text/document-fields.js';
import { shellQuoted, shellWord } from '../../job/text/shell-quoted.js';
import { reportText } from '../../keboola/connection/connection-report.js';
import { asTypedHere } from '../command-name.js';
import { QUEUE_CONNECTION, type LocalStack } from '../local-stack.js';

/** The Keboola of a stack, one line for each project. */
function keboolaLines({ sandbox, settings }: LocalStack, reports: readonly ConnectionReport[] | undefined): string[] {
  if (sandbox) return [`sandbox at ${sandbox.url}, token ${sandbox.token}`];
  const { connections } = settings;
  return connections.map(({ name, url }) => {
    const report = reports?.find((one) => one.name === name);
    const whose = connections.length > 1 ? `${name}: ` : '';
    if (!report) return `${whose}${url}, which has not answered yet`;
    return `${whose}${report.project ? '' : `cannot be used at ${report.url}: `}${reportText(report)}`;
  });
}

/** The address that a shell without any settings uses. */
const USUAL_ADDRESS = '127.0.0.1:7233';

const OF_SANDBOX = { component: 'keboola.ex-http', config: 'success' };
/** Placeholders: what the project has is unknown until somebody runs `components`. */
const OF_PROJECT = { component: 'COMPONENT', config: 'CONFIG' };

/** The connection that a command has to name, if there is no default connection. */
function connectionToName({ connections }: LocalStack['settings']): string | undefined {
  const [first] = connections;
  return connections.some(({ name }) => name === DEFAULT_CONNECTION) ? undefined : first?.name;
}

/** What somebody may do next with what `dev` has started. @param reports what a look at the projects has shown. */
export function welcome(stack: LocalStack, reports: readonly ConnectionReport[] | undefined): string {
  const { temporalAddress, temporalCli, sandbox, settings } = stack;
  const { taskQueue } = settings;
  const command = (words: string): string => commandAt(stack, words);
  const { component, config } = sandbox ? OF_SANDBOX : OF_PROJECT;
  const connection = connectionToName(settings);
  const where = connection === undefined ? '' : `-c ${shellWord(connection)} `;
  const input = shellQuoted(JSON.stringify(compact({ component, config, connection })));
  return stackText(stack, keboolaLines(stack, reports), [
    ...(sandbox ? [] : [command(`${where}components --configurations`)]),
    command(`${where}run ${component} ${config}`),
    ...(sandbox ? [command(`-c ${QUEUE_CONNECTION} run ${component} ${config}    # on Queue v2`)] : []),
    `  ${shellWord(temporalCli)} workflow execute --address ${temporalAddress} --type runJob --task-queue ${shellWord(taskQueue)} --workflow-id w1 --input ${input}`,
  ]);
}

/** What there is to tell of a stack that stays up. */
export type Kept = Pick<LocalStack, 'temporalAddress' | 'uiUrl' | 'settings'>;

/** The same for a demo that stays up. */
export function keptText(stack: Kept): string {
  const { component, config } = OF_SANDBOX;
  return stackText(stack, [], [commandAt(stack, 'list'), commandAt(stack, `run ${component} ${config}`)]);
}

function stackText({ temporalAddress, uiUrl, settings }: Kept, keboola: string[], commands: string[]): string {
  return [
    '',
    `Temporal   ${temporalAddress}, task queue ${settings.taskQueue}`,
    `Web UI     ${uiUrl ?? '-'}`,
    ...keboola.map((line) => `Keboola    ${line}`),
    '',
    'In another terminal:',
    ...commands,
    '',
    'Ctrl-C stops everything.',
  ].join('\n');
}

/** The other terminal may lack the settings of this one. */
function commandAt({ temporalAddress, settings: { taskQueue } }: Kept, words: string): string {
  const address = temporalAddress === USUAL_ADDRESS ? '' : `TEMPORAL_ADDRESS=${temporalAddress} `;
  const there = taskQueue === DEFAULT_TASK_QUEUE ? address : `${address}KEBOOLA_TASK_QUEUE=${shellWord(taskQueue)} `;
  return asTypedHere(`  ${there}keboola-temporal ${words}`);
}
