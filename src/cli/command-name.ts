import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { readSearchPath } from '../settings.js';
import { COMMAND_NAMES } from './command-names.js';

const NAME = 'keboola-temporal';
/** npx finds it in the folders above; without the option it would fetch whatever bears the name. */
const THROUGH_NPX = `npx --no-install ${NAME}`;
/** The name where a text means the command and not the product. */
const MEANT = new RegExp(
  `(?<!npx --no-install )\\b${NAME}(?= (?:-c \\S+ |--json )*(?:${COMMAND_NAMES.join('|')})\\b)`,
  'g',
);

/**
 * Texts name commands by their plain name. Who has installed this into a project, or works in a clone, does not have that
 * name in the shell: npm and npx put their folders on the path only for what they start.
 *
 * @param path the folders in which the shell looks.
 */
export function asTypedHere(text: string, path = readSearchPath()): string {
  // The folders are looked at only for a text that names one.
  return !text.includes(NAME) || isOnPath(path) ? text : text.replace(MEANT, THROUGH_NPX);
}

function isOnPath(path: string): boolean {
  const folders = path.split(delimiter).filter((folder) => folder !== '' && !folder.includes('node_modules'));
  return folders.some((folder) => existsSync(join(folder, NAME)));
}
