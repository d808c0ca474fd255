import { getActivator } from '@temporalio/workflow/lib/global-attributes.js';
import type { WorkflowInterceptors } from '@temporalio/workflow';
import { mendMessage, wellFormed } from '../job/text/well-formed.js';
import { tellingWhy } from '../job/failure/undecoded.js';
import { wellFormedFailures } from '../job/failure/well-formed-failures.js';
import * as ours from './index.js';
import { tellFromNowOn } from './show/tell-metrics.js';
import { traceRuns } from './show/trace-runs.js';
import { readingWhatCanBeRead } from './unreadable.js';

/**
 * Wraps every workflow of a worker, ours and those of others. All text that leaves a workflow is made well-formed, so
 * that it cannot crash the worker, whatever its author or an answer has put into it. For our own workflows, all that
 * comes in is made well-formed, too.
 *
 * `createWorker` and `KeboolaPlugin` put this module into the bundle; the SDK calls it once per workflow, before it
 * decodes anything of the workflow. What cannot be decoded does not block our workflows, see `readingWhatCanBeRead`.
 */
export function interceptors(): WorkflowInterceptors {
  const activator = getActivator();
  // The failure of a workflow task goes through this converter alone, past all interceptors.
  activator.failureConverter = wellFormedFailures(activator.failureConverter);
  activator.payloadConverter = tellingWhy(activator.payloadConverter);
  const { inbound: traced = [], outbound = [] } = traceRuns(activator);
  const isOurs = Object.hasOwn(ours, activator.info.workflowType);
  if (!isOurs) return { internals: [{ concludeActivation: mendCommands }], inbound: traced, outbound };
  tellFromNowOn(activator);
  const { activate, execute } = readingWhatCanBeRead(activator);
  return {
    internals: [{ activate, concludeActivation: mendCommands }],
    inbound: [...traced, { execute }, WELL_FORMED_INPUT],
    outbound,
  };
}

type Internals = NonNullable<WorkflowInterceptors['internals']>[number];
type Inbound = NonNullable<WorkflowInterceptors['inbound']>[number];

/** Everything that leaves a workflow is a command: failures, answers, ids, names, summaries. */
const mendCommands: NonNullable<Internals['concludeActivation']> = (input, next) => {
  const output = next(input);
  mendMessage(output.commands);
  return output;
};

/** Code that uses an input later on, such as the path of a request, need not guard against lone surrogates. */
const WELL_FORMED_INPUT: Inbound = {
  execute: (input, next) => next({ ...input, args: wellFormed(input.args) }),
  handleSignal: (input, next) => next({ ...input, args: wellFormed(input.args) }),
  validateUpdate: (input, next) => next({ ...input, args: wellFormed(input.args) }),
  handleUpdate: (input, next) => next({ ...input, args: wellFormed(input.args) }),
  handleQuery: (input, next) => next({ ...input, args: wellFormed(input.args) }),
};
