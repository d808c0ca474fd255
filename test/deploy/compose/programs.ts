import { execFile } from 'node:child_process';
import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { composeServices } from '../../support/manifests.js';
import { installed } from '../../support/installed.js';

/** What the images of others have within, on this machine. */
export interface Programs {
  temporalServer: string;
  temporalSqlTool: string;
  /** The sources of the server, with its configuration and its schemas. */
  temporalFolder: string;
  ui: string;
  /** The folder of `postgres`, `initdb` and `pg_isready`. */
  postgresql: string;
}

const DEBIAN_POSTGRESQL = '/usr/lib/postgresql';
const OUTPUT_BYTES_MAX = 16 * 1024 * 1024;
const run = promisify(execFile);

/**
 * Temporal's server and Web UI of the versions that `deploy/compose.yaml` names, which Go builds once into the cache folder,
 * and the newest PostgreSQL that Debian has installed.
 *
 * @throws Error that names what is missing.
 */
export async function findPrograms(): Promise<Programs> {
  const { temporal, ui } = composeServices();
  const postgresql = await findPostgresql();
  const server = `go.temporal.io/server@${versionOf(temporal?.image)}`;
  return {
    postgresql,
    temporalServer: await built('temporal-server', server, 'cmd/server'),
    temporalSqlTool: await built('temporal-sql-tool', server, 'cmd/tools/sql'),
    ui: await built('temporal-ui', `github.com/temporalio/ui-server/v2@${versionOf(ui?.image)}`, 'cmd/server'),
    temporalFolder: await sourcesOf(server),
  };
}

/** `temporalio/ui:2.34.0` is v2.34.0 of its Go module. */
function versionOf(image = ''): string {
  return `v${image.split(':').at(-1) ?? ''}`;
}

/** Within a module of its own, because `go install` refuses one that has some of its dependencies from elsewhere. */
async function built(name: string, moduleAtVersion: string, path: string): Promise<string> {
  const [module = '', version = ''] = moduleAtVersion.split('@');
  const steps = [`go mod init ${name}`, `go get ${module}/${path}@${version}`, `go build -o ${name} ${module}/${path}`];
  return await installed('servers', {
    folder: `${name}-${version}`,
    file: name,
    tool: (folder) => ({ command: 'sh', args: ['-e', '-c', steps.join('\n')], cwd: folder }),
  });
}

async function sourcesOf(module: string): Promise<string> {
  const { stdout } = await run('go', ['mod', 'download', '-json', module], { maxBuffer: OUTPUT_BYTES_MAX });
  return (JSON.parse(stdout) as { Dir: string }).Dir;
}

async function findPostgresql(): Promise<string> {
  const versions = await readdir(DEBIAN_POSTGRESQL).catch(() => []);
  const newest = versions.toSorted((a, b) => Number(b) - Number(a))[0] ?? '';
  const folder = join(DEBIAN_POSTGRESQL, newest, 'bin');
  await access(join(folder, 'initdb')).catch(() => {
    throw new Error('This test needs a PostgreSQL (Debian: apt-get install postgresql).');
  });
  return folder;
}
