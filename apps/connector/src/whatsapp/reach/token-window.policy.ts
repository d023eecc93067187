const DAY_S = 24 * 3_600;
/** What WhatsApp Web assumes when the service says nothing. */
const DEFAULT_WINDOW: TokenWindow = { bucketS: 7 * DAY_S, buckets: 4 };
const LONGEST_BUCKET_S = 180 * DAY_S;

/** For how long the token of a contact counts: for the current bucket of time and those before it. */
export interface TokenWindow {
  readonly bucketS: number;
  readonly buckets: number;
}

/** The window that the service names in its switches (909 `tctoken_num_buckets`, 865 `tctoken_duration`; whatsapp-rust PR 473 saw 26); `null` when it names none. */
export function readTokenWindow(props: Readonly<Record<string, string | undefined>>): TokenWindow | null {
  const buckets = positive(props['909'] ?? props['tctoken_num_buckets']);
  const bucketS = positive(props['865'] ?? props['tctoken_duration']);
  if (buckets === null && bucketS === null) return null;
  return {
    bucketS: Math.min(bucketS ?? DEFAULT_WINDOW.bucketS, LONGEST_BUCKET_S),
    buckets: buckets ?? DEFAULT_WINDOW.buckets
  };
}

/** Whether a token of this time (seconds since 1970) still counts, as WhatsApp Web reckons it. */
export function isTokenValid(timestamp: unknown, window: TokenWindow | null, nowMs = Date.now()): boolean {
  const t = Number(timestamp);
  if (!Number.isFinite(t) || t <= 0) return false;
  const { bucketS, buckets } = window ?? DEFAULT_WINDOW;
  return t >= (Math.floor(nowMs / 1_000 / bucketS) - (buckets - 1)) * bucketS;
}

function positive(text: string | undefined): number | null {
  const value = Number(text);
  return text !== undefined && Number.isInteger(value) && value > 0 ? value : null;
}
