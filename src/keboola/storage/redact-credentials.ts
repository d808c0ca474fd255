import { redactTokens } from '../../input/secrets.js';

const STARS = '***';
/** Deeper than any document of Storage; what lies below is not shown. */
const DEPTH_MAX = 20;

/**
 * Names of what lets its bearer in: passwords, keys, tokens and whole blocks of them. Names are compared without case and
 * marks. `primaryKey`, `distributionKey` and their like name columns, so a name that merely ends in "key" is no secret.
 */
const SECRET_NAME =
  /password|passphrase|secret|credential|privatekey|accesskey|accountkey|apikey|sessiontoken|accesstoken|refreshtoken|bearer|connectionstring|signature|uploadparams|^sas|^token$|^policy$/;

/** A signed address: whoever has its query has what it points at. */
const SIGNED_QUERY = /\?[^\s"']*\b(?:sig|x-amz-signature|x-goog-signature|signature)=[^\s"']*/gi;

/**
 * What Storage answers, without what lets anybody in: the credentials of workspaces and uploads, signed addresses, and
 * tokens. It is done before anything leaves the activity.
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

/** A key with a `#` in front is one that Keboola itself encrypts. */
function isSecretName(key: string): boolean {
  return key.startsWith('#') || SECRET_NAME.test(key.toLowerCase().replace(/[^a-z]/g, ''));
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || typeof value === 'boolean';
}
