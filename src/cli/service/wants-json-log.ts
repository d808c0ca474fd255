import { readLogFormat } from '../../settings.js';
import { commandAskedFor } from '../command-names.js';

const OPTION = '--log-format';

/** Whether a worker is asked for that logs JSON, as far as can be seen of a command line that cannot be read. */
export function wantsJsonLog(words: readonly string[]): boolean {
  if (commandAskedFor(words) !== 'worker') return false;
  const said = words.flatMap((word, at) => {
    if (word === OPTION) return [words[at + 1]];
    return word.startsWith(`${OPTION}=`) ? [word.slice(OPTION.length + 1)] : [];
  });
  return (said.at(-1) ?? readLogFormat()) === 'json';
}
