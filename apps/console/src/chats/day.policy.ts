const DAY_MS = 86_400_000;

/** Returns how many calendar days, in the reader's time zone, a time lies in the past: 0 for today, 1 for yesterday. */
export function daysBack(time: Date, now: Date): number {
  return Math.round((startOfDay(now) - startOfDay(time)) / DAY_MS);
}

/** Whether the list shows the date between two messages, the older first. */
export function startsDay(older: number | null, newer: number): boolean {
  return older === null || startOfDay(new Date(older * 1_000)) !== startOfDay(new Date(newer * 1_000));
}

function startOfDay(time: Date): number {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();
}
