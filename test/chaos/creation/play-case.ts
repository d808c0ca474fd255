import type { JobLab } from '../../support/job-lab.js';
import { scripted, settled } from '../../support/job-lab.js';
import { hang } from '../support/hang.js';
import type { CreationCase, Expected } from './cases.js';

export interface Played {
  case: CreationCase;
  /** As the sandbox counted it; `told` and `adopted` are what the workflow says. */
  counted: Expected;
}

const LAG_SECONDS = 1;

/** Plays one case in a lab of which it has the only use meanwhile. */
export async function playCreation(lab: JobLab, one: CreationCase): Promise<Played> {
  await lab.sandbox.settings({ searchLagSeconds: one.searchLagSeconds ?? LAG_SECONDS });
  for (const fault of one.faults) lab.sandbox.faults.add(fault);
  const before = lab.sandbox.counters;
  const jobsBefore = (await lab.sandbox.jobs()).length;
  const handle = await lab.start({ ...scripted({ durationSeconds: 2 }), ...one.input });
  const end = await Promise.race([settled(handle), hang()]);
  lab.sandbox.faults.clear();
  // A job that came late, beside the one that we know of, must have the time to show.
  const after = lab.sandbox.counters;
  const jobs = (await lab.sandbox.jobs()).length - jobsBefore;
  const { result, error } = end;
  const failure = (error as { cause?: { type?: string } } | undefined)?.cause?.type;
  return {
    case: one,
    counted: {
      posts: after.posts - before.posts,
      runs: after.runs - before.runs,
      jobs,
      told: result?.status ?? failure ?? String(error?.message),
      ...(result && { adopted: result.adopted }),
    },
  };
}
