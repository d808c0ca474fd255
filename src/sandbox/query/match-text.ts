import { compileGlob } from './glob.js';

/** Whether one value of a field matches. */
export type TextMatcher = (value: string) => boolean;

/** Compiles a term or a phrase, for a field that is matched as a whole or for one that is analysed into words. */
export function compileText(text: string, isPhrase: boolean): (field: string) => TextMatcher {
  const whole = isPhrase ? (value: string) => value === text : compileGlob(text);
  const analysed = isPhrase ? phrase(text) : words(text);
  return (field) => (isAnalysed(field) ? analysed : whole);
}

function phrase(text: string): TextMatcher {
  const wanted = ` ${wordsOf(text).join(' ')} `;
  return (value) => ` ${wordsOf(value).join(' ')} `.includes(wanted);
}

function words(text: string): TextMatcher {
  if (/[*?]/.test(text)) {
    const matches = compileGlob(text.toLowerCase());
    return (value) => wordsOf(value).some(matches);
  }
  // An unquoted term is analysed too, and all of its words must occur, so a value that shares them matches as well.
  const wanted = wordsOf(text);
  return (value) => {
    const found = wordsOf(value);
    return wanted.length > 0 && wanted.every((word) => found.includes(word));
  };
}

/** Fields that Keboola's mapping analyses into words (keboola/syrup mapping_template.json); others match as a whole. */
function isAnalysed(field: string): boolean {
  return /^(?:params|message|description)$|^params\.|\.(?:name|description)$/.test(field);
}

/** Elasticsearch's standard analyser, near enough: words break at everything but a dot between letters or digits. */
function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+(?:[.'][\p{L}\p{N}_]+)*/gu) ?? [];
}
