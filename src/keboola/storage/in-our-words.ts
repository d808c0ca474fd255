import { StoreRefused } from '../../input/storage/store-refused.js';
import { KeboolaError, type KeboolaErrorKind } from '../http/keboola-error.js';

/** What to say about a file store's failure, by its kind. */
const WORDS: Partial<Record<KeboolaErrorKind, string>> = {
  unauthorized: 'the file store refused the credentials that Keboola issued',
  refused: 'the file store refused the credentials that Keboola issued',
  'not-found': 'the file store does not have the file',
  protocol: 'the file store gave an unexpected answer',
};

/** Turns a file store's answer into StoreRefused. Errors of Keboola itself, and silences, stay as they are. */
export function inOurWords(error: unknown): unknown {
  const words = error instanceof KeboolaError ? WORDS[error.kind] : undefined;
  if (!(error instanceof KeboolaError) || words === undefined) return error;
  const { method, path, reason, status, storeCode } = error.facts;
  if (path.startsWith('/v2/storage/')) return error;
  return new StoreRefused(`${words}: ${error.message}`, {
    method,
    path,
    reason,
    ...(status !== undefined && { storeStatus: status }),
    ...(storeCode !== undefined && { storeCode }),
  });
}
