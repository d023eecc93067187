const DAY_MS = 86_400_000;

/** How many calendar days of the reader a time lies back: 0 today, 1 yesterday. */
export function daysBack(time: Date, now: Date): number {
  return Math.round((startOfDay(now) - startOfDay(time)) / DAY_MS);
}

/** Whether a line between two messages, the older first, has to name the day. */
export function startsDay(older: number | null, newer: number): boolean {
  return older === null || startOfDay(new Date(older * 1_000)) !== startOfDay(new Date(newer * 1_000));
}

function startOfDay(time: Date): number {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();
}
