const ENDS = /[.!?]$|:\/\/\S+$/;

/**
 * A text that another sentence may follow: a component's message often ends without a full stop. Behind an address none
 * is put, since it would become a part of it.
 */
export function asSentence(text: string): string {
  const trimmed = text.trimEnd();
  return ENDS.test(trimmed) ? trimmed : `${trimmed}.`;
}
