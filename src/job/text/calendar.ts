const DATE = /^(\d{4})-(\d\d)-(\d\d)/;

/** Whether a text begins with a date that no calendar has. JavaScript and PHP take February 30 for a day of March. */
export function hasNoSuchDay(text: string): boolean {
  const [date, year, month, day] = DATE.exec(text) ?? [];
  if (date === undefined) return false;
  const taken = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return taken.getUTCMonth() !== Number(month) - 1 || taken.getUTCDate() !== Number(day);
}
