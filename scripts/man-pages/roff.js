/**
 * Text as the `man` macros of roff take it (man(7)): a backslash is an escape, a hyphen may become a dash that nobody can copy
 * into a shell, and a line must not begin like a request.
 *
 * @param {string} text
 */
export function escaped(text) {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1');
}

export function bold(text) {
  return `\\fB${escaped(text)}\\fR`;
}

/** A heading and what stands below it; nothing where that is empty. */
export function section(title, lines) {
  return lines.length === 0 ? [] : [`.SH ${title}`, ...lines];
}

/** A term and what it means. */
export function item(term, description) {
  return ['.TP', bold(term), escaped(description)];
}

/** Lines that stay as they are. */
export function verbatim(text) {
  return text === '' ? [] : ['.nf', escaped(text), '.fi'];
}
