import type { Command } from 'commander';
import type { RerunPlan } from '../../job/questions.js';
import { act } from '../act.js';
import { inConnection, withTemporal, type Context } from '../context.js';
import { EXIT } from '../exit/exit-codes.js';
import { rerunAdvice, rerunPlanText } from '../text/rerun-plan-text.js';

export function addRerunPlan(program: Command): void {
  program
    .command('rerun-plan')
    .description(
      'Show how the tasks of a flow ended in one of its jobs, and how to run the failed ones again (Queue v2)',
    )
    .argument('<id>', 'workflow id, Keboola job id, or a link to either')
    .addHelpText('after', '\nExample:\n  keboola-temporal rerun-plan 1301589000')
    .action(act(rerunPlan));
}

async function rerunPlan(context: Context, id: string): Promise<number> {
  return await withTemporal(context, async ({ keboola, connection, settings, output }) => {
    const plan: RerunPlan = await keboola.rerunPlan(id, inConnection(connection));
    output.result(plan, rerunPlanText(plan, output.width));
    output.say(rerunAdvice(plan, settings.branchId));
    return EXIT.success;
  });
}
