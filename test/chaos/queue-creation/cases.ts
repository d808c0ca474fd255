import type { FaultInput } from '../../../src/sandbox/index.js';
import type { Dice } from '../support/dice.js';

type Settings = Record<string, unknown>;

/** What becomes of the creating POST, and what the workflow may say of it in the end. */
interface Fate {
  fault: FaultInput;
  /** Whether Keboola has made a job. */
  made: boolean;
  /** A failure that is said instead of a result; any other one would be wrong. */
  refusedAs?: string;
}

export interface QueueCreationCase {
  name: string;
  createFence: 'run-id' | 'none' | 'variable';
  fate: Fate;
  /** How Keboola behaves, where its public sources leave that open. */
  settings: Settings;
  /** Others work in the project, too, so that the index is seen to come further. */
  isBusy: boolean;
  onAmbiguousCreate: 'fail' | 'recreate';
}

const html = '<html><body><h1>Oops</h1></body></html>';
const create = { route: 'create' } as const;
const after = { ...create, when: 'after' } as const;

const FATES: Record<string, Fate> = {
  'no fault': { fault: { ...create, delayMs: 10 }, made: true },
  'reset after the write': { fault: { ...create, reset: 'after' }, made: true },
  '500 after the write': { fault: { ...after, status: 500 }, made: true },
  '502 HTML after the write': { fault: { ...after, status: 502, html }, made: true },
  '504 HTML after the write': { fault: { ...after, status: 504, html }, made: true },
  '201 with half a document': { fault: { ...after, status: 201, body: '{"id": "18698' }, made: true },
  '201 without an id': { fault: { ...create, replaceBody: { status: 'created' } }, made: true },
  'written 40 s after the connection broke': { fault: { ...create, lateWrite: true }, made: true },
  'reset before the write': { fault: { ...create, reset: 'before' }, made: false },
  '500 before the write': { fault: { ...create, status: 500 }, made: false },
  '502 HTML before the write': { fault: { ...create, status: 502, html }, made: false },
  '503 HTML before the write': { fault: { ...create, status: 503, html }, made: false },
  '429 with Retry-After': { fault: { ...create, status: 429, headers: { 'retry-after': '1' } }, made: true },
  'a token that nobody knows': { fault: { ...create, status: 401 }, made: true },
  '400': {
    fault: { ...create, status: 400, json: { error: 'No.', code: 0 } },
    made: false,
    refusedAs: 'CreateRefused',
  },
  '403': { fault: { ...create, status: 403 }, made: false, refusedAs: 'TokenRefused' },
};

const WORLDS: Record<string, Settings> = {
  'as it is documented': {},
  'the index lags by five minutes': { searchLagSeconds: 300 },
  'the primary list is gone': { queuePrimaryList: 'gone' },
  'the primary list is gone and the index lags by five minutes': { queuePrimaryList: 'gone', searchLagSeconds: 300 },
  'filters for parents are ignored': { queueSearchParentRunId: 'ignored', queuePrimaryParentRunId: 'ignored' },
};

/** What becomes of a variable that no configuration has. */
const WORLDS_OF_VARIABLES: Record<string, Settings> = {
  'it is kept': {},
  'it is kept, and the primary list is gone': { queuePrimaryList: 'gone' },
  'it is kept, and the index lags by five minutes': { searchLagSeconds: 300 },
  'it is dropped': { queueVariables: 'dropped' },
  'it is refused': { queueVariables: 'refused' },
};

/** All cases; the dice say what the author allows where a job cannot be found. */
export function queueCreationCases(dice: Dice): QueueCreationCase[] {
  return (['run-id', 'none', 'variable'] as const).flatMap((createFence) =>
    Object.entries(createFence === 'variable' ? WORLDS_OF_VARIABLES : WORLDS).flatMap(([world, settings]) =>
      [true, false].flatMap((isBusy) =>
        Object.entries(FATES).map(([how, fate]) => ({
          name: `${createFence}, ${isBusy ? 'busy' : 'quiet'}: ${how}; ${world}`,
          createFence,
          fate,
          settings,
          isBusy,
          onAmbiguousCreate: settings['queueVariables'] !== 'dropped' && dice.next() < 0.7 ? 'recreate' : 'fail',
        })),
      ),
    ),
  );
}
