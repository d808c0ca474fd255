import type { Command } from 'commander';
import { colors } from '../../../operate/colors.js';
import { act } from '../../act.js';
import { asTypedHere } from '../../command-name.js';
import { inConnection, withTemporal, type Context, type TemporalContext } from '../../context.js';
import { checkProject, checkSearchAttributes, checkServer, checkStalled } from '../../doctor/doctor-checks.js';
import { examine, findingOf, type Finding } from '../../doctor/finding.js';
import { WORKER, workerFinding, workersFindings } from '../../doctor/worker-findings.js';
import { EXIT } from '../../exit/exit-codes.js';

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('Check Temporal, Keboola, the token, the workers and the search attributes')
    .addHelpText('after', '\nExample:\n  keboola-temporal doctor')
    .action(act(doctor));
}

async function doctor(context: Context): Promise<number> {
  const { connections, proxy } = context.settings;
  const findings = await temporalFindings(context);
  // Without a worker, the settings of this shell are all there is to check; with one, only the worker's settings count.
  const asked = findings.some(({ check, ok }) => check === WORKER && ok);
  if (!asked) findings.push(...(await Promise.all(connections.map((one) => checkProject(one, proxy)))));
  context.output.result(findings, findings.map(line).join('\n'));
  if (findings.every(({ ok }) => ok)) return EXIT.success;
  if (findings.some(({ unreachable }) => unreachable)) return EXIT.unreachable;
  return findings.some(({ refused }) => refused) ? EXIT.usage : EXIT.jobFailed;
}

const START_TEMPORAL = 'Start one with `keboola-temporal dev`, or set TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE.';

/** Without a server, the other checks would only fail with the same message. */
async function temporalFindings(context: Context): Promise<Finding[]> {
  const { temporal, taskQueue } = context.settings;
  try {
    return await withTemporal(context, async ({ temporal: client, keboola }) => {
      const server = await examine('Temporal', START_TEMPORAL, () => checkServer(client, temporal));
      if (!server.ok) return [server];
      const [worker, attributes, workflows] = await Promise.all([
        workerFindings(keboola, taskQueue, context.connection),
        examine('Search attributes', '', () => checkSearchAttributes(client, temporal)),
        examine('Workflows', '', () => checkStalled(client, taskQueue)),
      ]);
      return [server, ...worker, attributes, workflows];
    });
  } catch (error) {
    return [findingOf('Temporal', error, START_TEMPORAL)];
  }
}

async function workerFindings(
  keboola: TemporalContext['keboola'],
  taskQueue: string,
  connection: string | undefined,
): Promise<Finding[]> {
  try {
    return workersFindings(taskQueue, await keboola.describeWorkers(inConnection(connection)));
  } catch (error) {
    return [workerFinding(taskQueue, error instanceof Error ? error : new Error(String(error)))];
  }
}

function line({ check, ok, detail, advice = '', warnings = [] }: Finding): string {
  const well = warnings.length === 0 ? colors.green('ok  ') : colors.yellow('warn');
  const below = [...(advice === '' ? [] : [advice]), ...warnings].map((sentence) => `\n      ${sentence}`);
  return asTypedHere(`${ok ? well : colors.red('FAIL')}  ${check}: ${detail}${below.join('')}`);
}
