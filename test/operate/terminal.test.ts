import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { colors, shown, shownInLine } from '../../src/operate/colors.js';
import { logLines } from '../../src/cli/text/log-text.js';
import { createOutput, paintStatus, table } from '../../src/cli/text/output.js';
import { WorkerLog } from '../../src/operate/service/worker-log.js';

const CLIPBOARD = '\u001b]52;c;ZXZpbA==\u0007';
const hostile: [string, string][] = [
  ['writes the clipboard (OSC 52)', CLIPBOARD],
  ['clears the screen (CSI)', '\u001b[2J\u001b[H'],
  ['clears it by C1', '\u009b2J'],
  ['begins a C1 string', '\u009d52;c;x\u009c'],
  ['hides text by a colour', '\u001b[8m'],
  ['paints itself green', '\u001b[32m'],
  ['returns to the start of the line', 'a\rb'],
  ['moves back', 'a\b\b\u007f'],
  ['rings', '\u0007'],
  ['turns the writing around', '\u202egnp.exe\u2066'],
  ['breaks the line by other means', '\u2028\u2029\u0085\u000b\u000c'],
  ['hides characters', 'a\u200bb\u2060c\ufeffd\u00ad'],
  ['hides a whole text in tags', '\u{e0041}\u{e0042}'],
  ['hides a whole text in selectors', 'a\ufe00\ufe0f\u{e0100}\u{e01ef}'],
  ['hides blanks that are none', '\u2800\u{1d173}\u{1bca0}'],
];
const OBEYED =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\ufe00-\ufe0e\ufeff\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e007f}\u{e0100}-\u{e01ef}]|a\ufe0f/u;

/** What goes to the terminal, of both streams. */
function written(work: () => void): string {
  const texts: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => texts.push(String(text)) > 0),
  );
  try {
    work();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return texts.join('');
}

/** Without our own colours. */

const plain = (text: string): string => text.replace(/\u001b\[(?:1|2|22|3[1-6]|39)m/g, '');

describe.each(hostile)('a message of a job that %s', (_, message) => {
  it('is shown by every way out, and obeyed by none', () => {
    const output = createOutput(false);
    const text = written(() => {
      output.result({}, `${paintStatus('error')} · ${message}`);
      output.say(colors.dim(message));
      output.error(message);
      output.result({}, table(['what'], [[colors.bold(message)]]));
      output.say(logLines([{ time: '', type: 'info', component: message, message }]).join('\n'));
    });
    expect(plain(text)).not.toMatch(OBEYED);
    expect(text).toContain('\\u');
  });

  it('is shown by the log of the worker, in the line that tells of it', () => {
    const text = written(() => {
      const log = new WorkerLog('WARN');
      log.warn(message, { note: message, error: new Error(message) });
      log.warn('Workflow failed', {
        workflowId: message,
        workflowType: 'runJob',
        error: new Error(`${message}\nforged`),
      });
    });
    expect(text).not.toMatch(OBEYED);
    expect(text).not.toMatch(/^forged/m);
  });

  it('stays the same document in JSON', () => {
    const text = written(() => createOutput(true).result({ message }, ''));
    expect(text).not.toMatch(OBEYED);
    expect(JSON.parse(text)).toEqual({ message });
  });
});

describe('what is shown', () => {
  it('keeps layout, letters of all languages and emoji', () => {
    const text = 'a\tb\nč ž 漢字 عربي 🎉 │ ─ ⠋ ✔';
    expect(shown(text)).toBe(text);
  });

  it('never holds what a terminal would obey, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(shown(text)).not.toMatch(OBEYED);
        expect(shownInLine(text)).not.toContain('\n');
      }),
    );
  });
});
