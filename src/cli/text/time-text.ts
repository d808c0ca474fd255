/** "4 min ago", for a moment given in ISO 8601. */
export function agoText(time: string, nowMs = Date.now()): string {
  return `${roundedDuration(nowMs - Date.parse(time))} ago`;
}

/** The two largest units at most: "5 s", "4 min", "3 h 20 min", "2 d 4 h". */
export function roundedDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return inTwo(hours, 'h', minutes % 60, 'min');
  return inTwo(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function inTwo(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
