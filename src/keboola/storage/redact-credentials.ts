import { redactTokens } from '../../input/secrets.js';

const STARS = '***';
/** Deeper than any document of Storage; anything below is not shown. */
const DEPTH_MAX = 20;

/**
 * Names of fields that grant access: passwords, keys, tokens and whole blocks of them. Only their letters are compared,
 * in lower case. `primaryKey`, `distributionKey` and the like name columns, so ending in "key" does not make a secret.
 */
const SECRET_NAME =
  /password|passphrase|secret|credential|privatekey|accesskey|accountkey|apikey|sessiontoken|accesstoken|refreshtoken|bearer|connectionstring|signature|uploadparams|^sas|^token$|^policy$/;

/** Where an address may end. */
const WORD = /[^\s"']+/g;
/** What makes a query grant access to anybody. */
const SIGNATURE = /\b(?:sig|x-amz-signature|x-goog-signature|signature)=/i;

/**
 * Removes from Storage's answers everything that grants access: credentials of workspaces and uploads, signed addresses
 * and tokens. It runs before anything leaves the activity.
 */
export function redactCredentials(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactTokens(value).replace(WORD, unsigned);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEPTH_MAX) return STARS;
  if (Array.isArray(value)) return value.map((item) => redactCredentials(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      redactTokens(key),
      isSecretName(key) && !isEmpty(field) ? STARS : redactCredentials(field, depth + 1),
    ]),
  );
}

/** An address without the query that signs it. Each character is looked at once or twice: an answer may be a long row of "?". */
function unsigned(word: string): string {
  const at = word.indexOf('?');
  return at >= 0 && SIGNATURE.test(word.slice(at + 1)) ? `${word.slice(0, at)}?${STARS}` : word;
}

/** Keboola itself encrypts values whose key begins with `#`. */
function isSecretName(key: string): boolean {
  return key.startsWith('#') || SECRET_NAME.test(key.toLowerCase().replace(/[^a-z]/g, ''));
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || typeof value === 'boolean';
}
