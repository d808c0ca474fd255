import { join } from 'node:path';
import { loadClientConfig, type ClientConfigProfile } from '@temporalio/envconfig';
import { isOpenToAll, warnIfOpenToAll } from '../input/text/open-to-all.js';

const DEFAULT_PROFILE = 'default';

/** Warns of files of Temporal's settings that contain a secret and that every user of this machine may read. */
export function warnOfOpenSecrets(env: Readonly<Record<string, string>>, { tls }: ClientConfigProfile): void {
  if (tls?.clientKey && 'path' in tls.clientKey) warnIfOpenToAll(tls.clientKey.path, 'a private key for Temporal');
  const file = profileFile(env);
  if (file === undefined || !isOpenToAll(file)) return;
  // Without the environment, which may set an API key of its own.
  const inFile = loadClientConfig({ overrideEnvVars: env }).profiles[env['TEMPORAL_PROFILE'] ?? DEFAULT_PROFILE];
  if (inFile?.apiKey !== undefined) warnIfOpenToAll(file, 'an API key for Temporal');
  else if (inFile?.tls?.clientKey && 'data' in inFile.tls.clientKey)
    warnIfOpenToAll(file, 'a private key for Temporal');
}

/** Where Temporal's own reader looks, which it does not tell. On Windows no file counts as open to all. */
function profileFile({
  TEMPORAL_CONFIG_FILE: named,
  XDG_CONFIG_HOME: folder,
  HOME: home,
}: Readonly<Record<string, string>>): string | undefined {
  if (named !== undefined) return named;
  const isMac = process.platform === 'darwin';
  const own = home && join(home, isMac ? 'Library/Application Support' : '.config');
  const settings = isMac ? own : (folder ?? own);
  return settings && join(settings, 'temporalio', 'temporal.toml');
}
