const DAY_S = 24 * 3_600;
/** The default of WhatsApp Web if the server sends no window. */
const DEFAULT_WINDOW: TokenWindow = { bucketS: 7 * DAY_S, buckets: 4 };
const LONGEST_BUCKET_S = 180 * DAY_S;

/** How long the token of a contact is valid: for the current time bucket and the ones before it, `buckets` in total. */
export interface TokenWindow {
  readonly bucketS: number;
  readonly buckets: number;
}

/**
 * Reads the window from WhatsApp's feature switches (909 `tctoken_num_buckets`, 865 `tctoken_duration`; whatsapp-rust PR 473 saw 26); `null` if they contain
 * none.
 */
export function readTokenWindow(props: Readonly<Record<string, string | undefined>>): TokenWindow | null {
  const buckets = positive(props['909'] ?? props['tctoken_num_buckets']);
  const bucketS = positive(props['865'] ?? props['tctoken_duration']);
  if (buckets === null && bucketS === null) return null;
  return {
    bucketS: Math.min(bucketS ?? DEFAULT_WINDOW.bucketS, LONGEST_BUCKET_S),
    buckets: buckets ?? DEFAULT_WINDOW.buckets
  };
}

/** Whether a token with this time (seconds since 1970) is still valid, calculated like WhatsApp Web. */
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
