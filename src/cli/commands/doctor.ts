import type { Command } from 'commander';
import colors from 'picocolors';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
import {
  checkPollers,
  checkProject,
  checkSearchAttributes,
  checkServer,
  checkStalled,
  examine,
  findingOf,
  type Finding,
} from '../doctor-checks.js';
import { EXIT } from '../exit-codes.js';

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('Check Temporal, Keboola, the token, the workers and the search attributes')
    .addHelpText('after', '\nExample:\n  keboola-temporal doctor')
    .action(act(doctor));
}

async function doctor(context: Context): Promise<number> {
  const findings = [...(await temporalFindings(context)), ...(await keboolaFindings(context))];
  context.output.result(findings, findings.map(line).join('\n'));
  if (findings.every(({ ok }) => ok)) return EXIT.success;
  return findings.some(({ unreachable }) => unreachable) ? EXIT.unreachable : EXIT.jobFailed;
}

const START_TEMPORAL = 'Start one with `keboola-temporal dev`, or set TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE.';

/** Without a server the other checks would only fail in the same words. */
async function temporalFindings(context: Context): Promise<Finding[]> {
  const { temporal, taskQueue } = context.settings;
  try {
    return await withTemporal(context, async ({ temporal: client }) => {
      const server = await examine('Temporal', START_TEMPORAL, () => checkServer(client, temporal.namespace));
      if (!server.ok) return [server];
      return [
        server,
        await examine('Workers', 'Start one with `keboola-temporal worker`.', () =>
          checkPollers(client, temporal.namespace, taskQueue),
        ),
        await examine('Search attributes', 'Register them with `keboola-temporal setup`.', () =>
          checkSearchAttributes(client),
        ),
        await examine('Workflows', '', () => checkStalled(client, taskQueue)),
      ];
    });
  } catch (error) {
    return [findingOf('Temporal', error, START_TEMPORAL)];
  }
}

async function keboolaFindings({ settings }: Context): Promise<Finding[]> {
  if (settings.connections.length === 0) {
    const advice = 'Workers need KBC_URL and KBC_TOKEN; without them `dev` and `demo` use the sandbox.';
    return [{ check: 'Keboola', ok: false, detail: 'no project is configured here', advice }];
  }
  const advice = 'Check KBC_URL: it is the address of your Keboola, for example https://connection.keboola.com.';
  return await Promise.all(
    settings.connections.map((one) => examine(`Keboola, connection ${one.name}`, advice, () => checkProject(one))),
  );
}

function line({ check, ok, detail, advice }: Finding): string {
  const mark = ok ? colors.green('ok  ') : colors.red('FAIL');
  return `${mark}  ${check}: ${detail}${advice === undefined ? '' : `\n      ${advice}`}`;
}
