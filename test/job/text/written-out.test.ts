import { expect, it } from 'vitest';
import { writtenOut, writtenOutInLine } from '../../../src/job/text/written-out.js';

it.each([
  ['a sequence that writes into the clipboard', '\u001b]52;c;ZXZpbA==\u0007', String.raw`\u001b]52;c;ZXZpbA==\u0007`],
  ['a direction of writing', 'a\u202eb', String.raw`a\u202eb`],
  ['a character of two halves that nobody sees', '\u{e0041}', String.raw`\udb40\udc41`],
  ['a selector that nobody sees', 'a\ufe0fb\ufe00c\u{e0100}', String.raw`a\ufe0fb\ufe00c\udb40\udd00`],
  ['a blank pattern of Braille', '\u2800', String.raw`\u2800`],
  ['a sign that Unicode keeps for one that nobody sees', '\ufff0\u{e0fff}', String.raw`\ufff0\udb43\udfff`],
  ['marks of music and of shorthand', '\u{1d173}\u{1bca3}', String.raw`\ud834\udd73\ud82f\udca3`],
  ['a selector behind a digit that is no keycap', '1\ufe0f', String.raw`1\ufe0f`],
  ['a second selector', '❤\ufe0f\ufe0f', `❤\ufe0f${String.raw`\ufe0f`}`],
  ['the selector of an emoji and of a keycap', '❤\ufe0f 1\ufe0f\u20e3', '❤\ufe0f 1\ufe0f\u20e3'],
  ['layout, letters and signs of all kinds', 'a\tb\nžluťoučký 漢字 🦆', 'a\tb\nžluťoučký 漢字 🦆'],
])('writes out what a terminal would obey or hide, and nothing else: %s', (_, text, written) => {
  expect(writtenOut(text)).toBe(written);
  expect(writtenOut(written)).toBe(written);
});

it('keeps a text in its line where it must stay there', () => {
  expect(writtenOutInLine('one\ntwo\u001b')).toBe(String.raw`one\u000atwo\u001b`);
});
