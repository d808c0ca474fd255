import type { CreateFence } from '../../job/input.js';

/** How a job's creation will be told from all others. */
export interface FenceInForce {
  way: CreateFence;
  /** Who chose it: the input, the worker's connection, or nobody. */
  by: 'input' | 'connection' | 'default';
  /** The same in words. */
  why: string;
  /** How a job is found again if the answer to its creation is lost. */
  proves: string;
}

/** Who has chosen a fence, as far as is known. */
interface Chosen {
  byInput: CreateFence | undefined;
  byConnection: CreateFence | undefined;
  /** Whether a worker was asked about its connection. */
  isKnown: boolean;
}

const PROVES: Record<CreateFence, string> = {
  'run-id': 'if the answer is lost, the job is found for certain, by digits in its run id that no other creation sends',
  none: 'if the answer is lost, the job is looked for by what it is, and one just like it may be taken for it',
  variable:
    'if the answer is lost, the job is found by the value of a variable that no other creation sends, where Keboola keeps it',
};

/**
 * @param isDefault set if nobody has chosen and there are other ways.
 * @param insteadOf what was chosen but is not possible.
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

/** Says which part of the shown request is the fence. */
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
