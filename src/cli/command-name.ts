import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { readSearchPath } from '../settings.js';
import { COMMAND_NAMES } from './command-names.js';

const NAME = 'keboola-temporal';
/** npx finds the command in a parent folder; without the option, it would download any package of that name. */
const THROUGH_NPX = `npx --no-install ${NAME}`;
/** Matches the name where a text means the command, not the product. */
const MEANT = new RegExp(
  `(?<!npx --no-install )\\b${NAME}(?= (?:-c \\S+ |--json )*(?:${COMMAND_NAMES.join('|')})\\b)`,
  'g',
);

/**
 * Our texts use the plain command name. In a project that has this package installed, or in a clone, the shell does not
 * find that name: npm and npx extend the PATH only for what they start. There the texts need the npx form.
 *
 * @param path the folders in which the shell looks.
 */
export function asTypedHere(text: string, path = readSearchPath()): string {
  // The folders are searched only for a text that names a command.
  return !text.includes(NAME) || isOnPath(path) ? text : text.replace(MEANT, THROUGH_NPX);
}

function isOnPath(path: string): boolean {
  const folders = path.split(delimiter).filter((folder) => folder !== '' && !folder.includes('node_modules'));
  return folders.some((folder) => existsSync(join(folder, NAME)));
}
