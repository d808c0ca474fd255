import { readLogFormat } from '../../settings.js';
import { commandAskedFor } from '../command-names.js';

const OPTION = '--log-format';

/** Whether a worker with a JSON log is asked for, as far as an unparsed command line can show that. */
export function wantsJsonLog(words: readonly string[]): boolean {
  if (commandAskedFor(words) !== 'worker') return false;
  const said = words.flatMap((word, at) => {
    if (word === OPTION) return [words[at + 1]];
    return word.startsWith(`${OPTION}=`) ? [word.slice(OPTION.length + 1)] : [];
  });
  return (said.at(-1) ?? readLogFormat()) === 'json';
}
