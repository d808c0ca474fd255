/** Ends a chain of causes that refers to itself. */
const CAUSES_MAX = 5;

/** What went wrong and why, in one line for people: a stack trace helps nobody who did not write the code. */
export function errorChain(error: Error): string {
  const said: string[] = [];
  let cause: unknown = error;
  for (let depth = 0; depth <= CAUSES_MAX && cause instanceof Error; depth++) {
    const { message } = cause;
    // Most errors that wrap another one repeat its message.
    if (message !== '' && !said.some((text) => text.includes(message))) said.push(message);
    ({ cause } = cause);
  }
  return said.length === 0 ? error.name : said.join(': ');
}
