/** So many measurements of each; the smallest counts, because whatever else the machine does can only add to one. */
const ROUNDS = 9;

/**
 * How many times the processor time of the small work the large one costs. Both are measured in turn in one run, so the
 * answer is the same on a slow machine and on a busy one.
 */
export async function costRatio(large: () => unknown, small: () => unknown): Promise<number> {
  let [largeUs, smallUs] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round++) {
    smallUs = Math.min(smallUs, await costUs(small));
    largeUs = Math.min(largeUs, await costUs(large));
  }
  return largeUs / smallUs;
}

/** Processor time instead of elapsed time, which also counts what others did meanwhile. */
async function costUs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
