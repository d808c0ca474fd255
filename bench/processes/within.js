/** Waits for some work so long at most: a bench ends by itself on any machine. */
export async function within(timeoutMs, work) {
  let timer;
  const tooLate = new Promise((_resolve, reject) => {
    const error = new Error(`not done within ${timeoutMs / 60_000} min: is the machine busy?`);
    timer = setTimeout(() => reject(error), timeoutMs);
  });
  return await Promise.race([work, tooLate]).finally(() => clearTimeout(timer));
}
