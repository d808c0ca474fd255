const ENDS = /[.!?]$/;
const BLANK = /\s/;

/**
 * A text that another sentence may follow: a component's message often ends without a full stop. Behind an address none
 * is put, since it would become a part of it.
 */
export function asSentence(text: string): string {
  const trimmed = text.trimEnd();
  return ENDS.test(trimmed) || /:\/\/./.test(lastWord(trimmed)) ? trimmed : `${trimmed}.`;
}

/** Read from its end: a pattern would begin anew at each of many addresses in a long text. */
function lastWord(text: string): string {
  let start = text.length;
  while (start > 0 && !BLANK.test(text[start - 1] ?? '')) start -= 1;
  return text.slice(start);
}
