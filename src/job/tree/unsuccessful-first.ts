/** As many as there is room for; in a list that is too long, those that have not succeeded come first. */
export function unsuccessfulFirst<T extends { status?: string }>(all: readonly T[], countMax: number): T[] {
  if (all.length <= countMax) return [...all];
  const isSuccess = ({ status }: T): boolean => status === 'success';
  return [...all.filter((one) => !isSuccess(one)), ...all.filter(isSuccess)].slice(0, countMax);
}
