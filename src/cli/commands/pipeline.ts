import type { Command } from 'commander';
import { PipelineFailedError } from '../../client/errors.js';
import type { StartOptions } from '../../client/start-workflow.js';
import { counted } from '../../job/text/counted.js';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
import { EXIT } from '../exit/exit-codes.js';
import { adaptPipeline } from '../pipeline/adapt-pipeline.js';
import { invalidFile, remarksText, remarkText } from '../pipeline/file-text.js';
import { followStarted } from '../follow/follow-started.js';
import { untilStarted } from '../follow/until-started.js';
import { addFollowOptions, type FollowOptions } from '../options/follow-options.js';
import { readPipeline, type PipelineFile } from '../pipeline/read-pipeline.js';
import { choice } from '../options/run-options.js';

/** The command that shows whether a pipeline has started after all. */
const LOOK = 'keboola-temporal list --pipelines';

interface RunOptions extends StartOptions<'attach' | 'fail'>, FollowOptions {
  onWarning?: 'accept' | 'fail';
  parentRunId?: string;
}

export function addPipeline(program: Command): void {
  const pipeline = program.command('pipeline').description('Run jobs in phases that a YAML or JSON file describes');
  pipeline
    .command('validate')
    .description('Check a pipeline file without contacting Temporal or Keboola')
    .argument('<file>', 'YAML or JSON')
    .addHelpText('after', '\nExample:\n  keboola-temporal pipeline validate nightly.yaml')
    .action(act(validate));
  const command = pipeline
    .command('run')
    .description('Run a pipeline file and follow it to its end')
    .argument('<file>', 'YAML or JSON')
    .addOption(choice('--if-running <what>', 'if a pipeline of this name is already running', ['attach', 'fail']))
    .option('--key <text>', 'run separately from other runs of this pipeline')
    .option('--parent-run-id <runId>', 'put its jobs below this run (default: KBC_RUNID)')
    .addOption(choice('--on-warning <what>', 'how to treat a job that ends with a warning', ['accept', 'fail']));
  addFollowOptions(command)
    .addHelpText('after', '\nExample:\n  keboola-temporal pipeline run nightly.yaml')
    .action(act(run));
}

function validate(context: Context, file: string): number {
  const { output } = context;
  const read = readFor(context, file, {});
  const problems = read.ok ? [] : read.problems;
  const warnings = read.ok ? read.warnings : [];
  if (!output.json) {
    for (const problem of problems) output.error(remarkText(file, problem));
    for (const warning of warnings) output.warn(remarkText(file, warning));
  }
  const text = read.ok
    ? `${file} is well formed; components and configurations are looked up when it runs.`
    : `${counted(problems.length, 'problem')} in ${file}.`;
  output.result({ valid: read.ok, problems, warnings }, text);
  return read.ok ? EXIT.success : EXIT.usage;
}

async function run(context: Context, file: string, options: RunOptions): Promise<number> {
  const read = readFor(context, file, options);
  if (!read.ok) throw invalidFile(file, read.problems);
  for (const warning of read.warnings) context.output.warn(remarkText(file, warning));
  try {
    return await withTemporal(context, async ({ keboola, output }) =>
      followStarted(
        await untilStarted(keboola.startPipeline(read.pipeline, options), output, options, LOOK),
        output,
        options,
      ),
    );
  } catch (error) {
    if (!(error instanceof PipelineFailedError) || error.problems.length === 0) throw error;
    const { workflowId, type, problems } = error;
    throw new PipelineFailedError(workflowId, type, remarksText(file, read.placed(problems)), undefined, problems);
  }
}

function readFor(
  { connection, settings }: Context,
  file: string,
  options: Pick<RunOptions, 'parentRunId'>,
): PipelineFile {
  const parentRunId = options.parentRunId ?? settings.parentRunId;
  return readPipeline(file, (value) => adaptPipeline(value, { connection, parentRunId }));
}
