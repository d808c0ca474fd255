/** Keeps the last characters of a program's output, for the message that is written when it fails. */
export class OutputTail {
  #text = '';

  constructor(private readonly charactersMax = 8192) {}

  add(chunk: string): void {
    this.#text = (this.#text + chunk).slice(-this.charactersMax);
  }

  includes(words: string): boolean {
    return this.#text.includes(words);
  }

  lines(countMax: number): string {
    return this.#text.trim().split('\n').slice(-countMax).join('\n');
  }
}
