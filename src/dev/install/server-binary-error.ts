import type { BinaryWanted } from './binary.js';

/** No server binary was found, downloaded or built. The message says what was tried and names every way out. */
export class ServerBinaryError extends Error {
  override readonly name = 'ServerBinaryError';

  constructor({ what, waysOut }: BinaryWanted, problems: readonly string[]) {
    const tried = problems.map((problem) => `  - ${indented(problem)}`);
    const ways = waysOut.map((way, index) => `  ${index + 1}. ${indented(way)}`);
    super(
      [`No ${what} could be found or made on this machine:`, ...tried, 'Any one of these helps:', ...ways].join('\n'),
    );
  }
}

function indented(text: string): string {
  return text.replaceAll('\n', '\n     ');
}
