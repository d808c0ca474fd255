/** A chain that refers to itself must end somewhere. */
const CAUSES_MAX = 5;

/** What has gone wrong and why, in one line for people: the way through the code helps nobody who did not write it. */
export function errorChain(error: Error): string {
  const said: string[] = [];
  let cause: unknown = error;
  for (let depth = 0; depth <= CAUSES_MAX && cause instanceof Error; depth++) {
    const { message } = cause;
    // Most of those who wrap an error repeat what it says.
    if (message !== '' && !said.some((text) => text.includes(message))) said.push(message);
    ({ cause } = cause);
  }
  return said.length === 0 ? error.name : said.join(': ');
}
