import { NoWorkerError } from '../../client/errors.js';
import { SettingsError } from '../../input/settings-error.js';
import { NoSuchNamespace, TemporalRefused } from '../../operate/temporal-refusal.js';
import { isUnreachable, TemporalCannotWrite, TemporalUnreachable } from '../../operate/unreachable.js';

/** One line of `doctor`: what was checked, whether it is in order, and what to do if not. */
export interface Finding {
  check: string;
  ok: boolean;
  detail: string;
  advice?: string;
  /** What does not work although the check is ok; each is a sentence that says what to do. */
  warnings?: string[];
  /** Nobody answered there. */
  unreachable?: true;
  /** Temporal answers, but refuses our namespace or our credentials. */
  refused?: true;
}

/** Checks one thing; a thrown error becomes the finding. */
export async function examine(check: string, advice: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { check, ok: true, detail: await look() };
  } catch (error) {
    return findingOf(check, error, advice);
  }
}

export function findingOf(check: string, error: unknown, usualAdvice: string): Finding {
  const advice = adviceFor(error, usualAdvice);
  return {
    check,
    ok: false,
    detail: error instanceof Error ? error.message : String(error),
    ...(advice !== undefined && { advice }),
    ...(isUnreachable(error) && { unreachable: true }),
    ...(REFUSALS.some((type) => error instanceof type) && { refused: true }),
  };
}

/** An error that comes with advice on just what is wrong. */
export class AdvisedError extends Error {
  constructor(
    message: string,
    readonly advice: string,
  ) {
    super(message);
  }
}

const REFUSALS = [NoSuchNamespace, TemporalRefused];
/** Errors that already say what to do. */
const COMPLETE = [SettingsError, NoWorkerError, TemporalUnreachable, TemporalCannotWrite, ...REFUSALS];

function adviceFor(error: unknown, usual: string): string | undefined {
  if (COMPLETE.some((type) => error instanceof type)) return undefined;
  return error instanceof AdvisedError ? error.advice : usual;
}
