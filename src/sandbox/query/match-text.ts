import { matchesGlob, parseGlob } from './glob.js';

/** Whether one value of a field matches one term or phrase of a query. */
export function matchesText(field: string, value: string, text: string, isPhrase: boolean): boolean {
  if (!isAnalysed(field)) return isPhrase ? value === text : matchesGlob(parseGlob(text), value);
  const words = wordsOf(value);
  if (isPhrase) return ` ${words.join(' ')} `.includes(` ${wordsOf(text).join(' ')} `);
  if (/[*?]/.test(text)) {
    const glob = parseGlob(text.toLowerCase());
    return words.some((word) => matchesGlob(glob, word));
  }
  // An unquoted term is analysed too, and each of its words must occur: neighbours that share the words match as well.
  const wanted = wordsOf(text);
  return wanted.length > 0 && wanted.every((word) => words.includes(word));
}

/** Fields that Keboola's mapping analyses into words; all others match as a whole (keboola/syrup mapping_template.json). */
function isAnalysed(field: string): boolean {
  return field === 'params' || field.startsWith('params.') || /\.(?:name|description)$/.test(field);
}

/** Elasticsearch's standard analyser, near enough: words break at everything but a dot between letters or digits. */
function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+(?:[.'][\p{L}\p{N}_]+)*/gu) ?? [];
}
