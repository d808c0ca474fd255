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

/** A signed address, whose query grants access to anybody. */
const SIGNED_QUERY = /\?[^\s"']*\b(?:sig|x-amz-signature|x-goog-signature|signature)=[^\s"']*/gi;

/**
 * Removes from Storage's answers everything that grants access: credentials of workspaces and uploads, signed addresses
 * and tokens. It runs before anything leaves the activity.
 */
export function redactCredentials(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactTokens(value).replace(SIGNED_QUERY, `?${STARS}`);
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

/** Keboola itself encrypts values whose key begins with `#`. */
function isSecretName(key: string): boolean {
  return key.startsWith('#') || SECRET_NAME.test(key.toLowerCase().replace(/[^a-z]/g, ''));
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || typeof value === 'boolean';
}
