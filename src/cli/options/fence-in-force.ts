import type { CreateFence } from '../../job/input.js';

/** By what a creation will be told from all others. */
export interface FenceInForce {
  way: CreateFence;
  /** Who says so: the input, the connection of the worker, or nobody. */
  by: 'input' | 'connection' | 'default';
  /** The same in words. */
  why: string;
  /** What becomes of a job whose creation is not answered. */
  proves: string;
}

/** What is known of who has chosen. */
interface Chosen {
  byInput: CreateFence | undefined;
  byConnection: CreateFence | undefined;
  /** A worker was asked for its connection. */
  isKnown: boolean;
}

const PROVES: Record<CreateFence, string> = {
  'run-id': 'if the answer is lost, the job is found for certain, by digits in its run id that no other creation sends',
  none: 'if the answer is lost, the job is looked for by what it is, and one just like it may be taken for it',
  variable:
    'if the answer is lost, the job is found by the value of a variable that no other creation sends, where Keboola keeps it',
};

/**
 * @param isDefault nobody has chosen, and there are other ways.
 * @param insteadOf what was chosen and cannot be.
 */
export function fenceInForce(
  { way, isDefault, insteadOf }: { way: CreateFence; isDefault?: true; insteadOf?: CreateFence },
  { byInput, byConnection, isKnown }: Chosen,
): FenceInForce {
  const by = byInput !== undefined ? 'input' : byConnection !== undefined ? 'connection' : 'default';
  const byDefault = isDefault
    ? `the default${isKnown ? '' : ', unless the connection says otherwise'}`
    : 'the only way there';
  const chosen = insteadOf === undefined ? 'as' : `in place of "${insteadOf}", which`;
  const why = { input: `${chosen} the input says`, connection: `${chosen} the connection says`, default: byDefault }[
    by
  ];
  return { way, by, why, proves: PROVES[way] };
}

/** What of the shown request stands for it. */
export function fenceNote(way: CreateFence, parentRunId: string | undefined): string {
  if (way !== 'none') {
    const what =
      way === 'run-id'
        ? 'the last segment of X-KBC-RunId'
        : 'a value of a variable that the configuration does not have';
    return `The fence, ${what}, is drawn from the workflow's run id; this one is an example.`;
  }
  const sent = parentRunId === undefined ? 'no X-KBC-RunId is sent' : 'X-KBC-RunId is the parent run id alone';
  return `The job carries no fence (createFence "none"): ${sent}.`;
}
