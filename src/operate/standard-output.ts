import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { stdout } from 'node:process';
import { FULL_CODES } from '../input/text/full-codes.js';

let failure: string | undefined;
let tellLoss: (code: string) => void = () => undefined;

/** Standard output for texts. Tables are poured into it with more care for memory, but for the same ends. */
export const standardOutput = {
  write(text: string): void {
    // Its type says that standard output is always a terminal.
    if ((stdout as unknown) instanceof Socket) stdout.write(text);
    else writeToFile(Buffer.from(text));
  },
  /** Once everything that was written has been taken, or cannot be taken any more. */
  taken: (): Promise<void> => new Promise((done) => void stdout.write('', () => done())),
  /** The error code if a file has not taken everything. A program or a terminal that has gone misses nothing. */
  failure: (): string | undefined => failure,
  /** Calls a function as soon as a file has not taken everything; once, since a log may go on for weeks. */
  onLoss: (tell: (code: string) => void): void => void (tellLoss = tell),
};

/** In words, without a full stop. */
export function takesNoMore(code: string): string {
  const why = FULL_CODES.includes(code) ? `its disk is full: ${code}` : code;
  return `Standard output takes no more (${why}); what was written is not whole`;
}

/** Node's own stream for a file ignores that a disk took only a part. */
function writeToFile(data: Buffer): void {
  try {
    for (let done = 0; done < data.byteLength;) done += writeSync(stdout.fd, data, done);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (failure !== undefined) return;
    failure = code ?? message;
    tellLoss(failure);
  }
}
