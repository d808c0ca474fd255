import { KeboolaError, type KeboolaErrorKind } from '../http/keboola-error.js';

/** What a place for files has said. It is none of Keboola's answers, so that nothing of it reads as one. */
interface StoreFacts {
  method: string;
  /** Path only, as of any address. */
  path: string;
  reason: string;
  storeStatus?: number;
  /** What the place calls it, such as `AccessDenied`. */
  storeCode?: string;
}

/** By what the place has done. */
const WORDS: Partial<Record<KeboolaErrorKind, string>> = {
  unauthorized: 'the place for files refuses what Keboola has handed out',
  refused: 'the place for files refuses what Keboola has handed out',
  'not-found': 'the place for files does not have it',
  protocol: 'the place for files does not answer as it should',
};

/**
 * A place for files refuses what Keboola has handed out a moment ago, or answers what it should not. That says nothing about our
 * token, which does not go there, and nothing about Keboola.
 */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused';

  constructor(
    words: string,
    readonly facts: StoreFacts,
  ) {
    super(words);
  }
}

/** A failed exchange of a transfer: what Keboola itself has answered stays as it is, and so does a silence. */
export function inOurWords(error: unknown): unknown {
  const words = error instanceof KeboolaError ? WORDS[error.kind] : undefined;
  if (!(error instanceof KeboolaError) || words === undefined) return error;
  const { method, path, reason, status, storeCode } = error.facts;
  if (path.startsWith('/v2/storage/')) return error;
  return new StoreRefused(`${words}: ${error.message}`, {
    ...{ method, path, reason },
    ...(status !== undefined && { storeStatus: status }),
    ...(storeCode !== undefined && { storeCode }),
  });
}
