import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deployFile, type Service } from '../../support/manifests.js';
import { CLI, type Environment } from '../../support/processes.js';
import { instructionsOf } from '../dockerfile.js';
import type { Programs } from './programs.js';
import { AUTO_SETUP_BEGINS, POSTGRESQL_BEGINS, WEB_UI_BEGINS } from './scripts.js';

/** What stands for an image here. */
export interface Image {
  /** The entry point, before the command of the service. */
  entrypoint: readonly string[];
  /** The command of a service that names none. */
  command: readonly string[];
  /** What the image sets by itself. */
  env: Environment;
  /** Who runs it, where that is not the user of the tests. */
  user?: string;
}

export interface Places {
  programs: Programs;
  /** Temporal's command line. */
  temporalCli: string;
  /** An empty folder that everybody may go through. */
  folder: string;
}

/** PostgreSQL refuses to be root; Debian's package makes this user. */
const POSTGRESQL_USER = 'postgres';
const run = promisify(execFile);

/** @throws Error where nothing here stands for the image of a service. */
export async function imageOf({ image, ports = [] }: Service, places: Places): Promise<Image> {
  const name = image.split(':')[0] ?? '';
  if (name === 'keboola-temporal') return ours();
  if (name === 'postgres') return await postgresql(places);
  if (name === 'temporalio/auto-setup') return autoSetup(places);
  if (name === 'temporalio/ui') return webUi(places, ports);
  throw new Error(`Nothing here stands for the image ${image}.`);
}

/** A command of the Dockerfile, with what is built here in the place of what that builds. */
export function inPlace(command: readonly string[]): string[] {
  return command.map((word) =>
    word === 'node' ? process.execPath : word.replace(/^\/app\/dist\/cli\/main\.js$/, CLI),
  );
}

function ours(): Image {
  const instructions = instructionsOf(deployFile('Dockerfile'));
  const set = instructions.filter(({ name }) => name === 'ENV').flatMap(({ args }) => args);
  const words = (wanted: string): string[] =>
    inPlace(JSON.parse(instructions.find(({ name }) => name === wanted)?.text ?? '[]') as string[]);
  return {
    env: Object.fromEntries(set.map((word) => word.split('=') as [string, string])),
    entrypoint: words('ENTRYPOINT'),
    command: words('CMD'),
  };
}

async function postgresql({ programs, folder }: Places): Promise<Image> {
  const home = join(folder, 'postgresql');
  await mkdir(home);
  await run('chown', [POSTGRESQL_USER, home]);
  return {
    entrypoint: ['sh', '-e', '-c', POSTGRESQL_BEGINS],
    command: [],
    user: POSTGRESQL_USER,
    env: { PGHOST: home, PATH: `${programs.postgresql}:${process.env['PATH'] ?? ''}` },
  };
}

function autoSetup({ programs, temporalCli }: Places): Image {
  const { temporalServer, temporalSqlTool, temporalFolder } = programs;
  return {
    entrypoint: ['sh', '-e', '-c', AUTO_SETUP_BEGINS],
    command: [],
    env: {
      SERVER: temporalServer,
      SQL_TOOL: temporalSqlTool,
      CLI: temporalCli,
      SOURCES: temporalFolder,
      DYNAMIC_CONFIG_FILE_PATH: join(temporalFolder, 'config/dynamicconfig/docker.yaml'),
    },
  };
}

/** At the port at which it is published: what is inside of a container of its own may be taken here. */
function webUi({ programs, folder }: Places, ports: readonly string[]): Image {
  return {
    entrypoint: ['sh', '-e', '-c', WEB_UI_BEGINS],
    command: [],
    env: { SERVER: programs.ui, CONFIG: folder, TEMPORAL_UI_PORT: ports[0]?.split(':').at(-2) ?? '' },
  };
}
