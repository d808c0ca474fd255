import { env } from 'node:process';
import { defaultCacheFolder } from '../../dist/dev/install/cache-folder.js';
import { startDevServer } from '../../dist/dev/dev-server.js';
import { resolveTemporalCli } from '../../dist/dev/install/temporal-cli.js';
import { SEARCH_ATTRIBUTES } from '../../dist/job/search-attributes.js';

/**
 * A dev server as `npm start` has one, in a process of its own that ends with ours.
 *
 * @param options further ones of `startDevServer`.
 */
export async function startTemporal(options = {}) {
  const searchAttributes = Object.fromEntries(SEARCH_ATTRIBUTES.map((name) => [name, 'Keyword']));
  return await startDevServer({ cli: await temporalCli(), headless: true, searchAttributes, ...options });
}

/** @returns the path of the Temporal CLI. */
export async function temporalCli() {
  const places = { path: env['PATH'], cacheFolder: defaultCacheFolder(env), temporalCliPath: env['TEMPORAL_CLI_PATH'] };
  return (await resolveTemporalCli(places)).path;
}
