export const WEBHOOK_ID_PATTERN = /^wh_[A-Za-z0-9_-]{16,40}$/;

export function isWebhookId(value: unknown): value is string {
  return typeof value === 'string' && WEBHOOK_ID_PATTERN.test(value);
}

/** Definition of a webhook. */
export const webhookKey = (id: string): string => `webhook.${id}`;
/** The lease of an edge: renewed while it lives. */
export const edgeKey = (edge: string): string => `edge.${edge}`;
/** Which edge drains a webhook; the revision of this key is the epoch under which it writes. */
export const drainerKey = (id: string): string => `drainer.${id}`;
/** How far a webhook is. */
export const progressKey = (id: string): string => `progress.${id}`;
/** The last attempts to deliver. */
export const attemptsKey = (id: string): string => `attempts.${id}`;
/** An event that was given up on; `letter` is its place in the log. */
export const webhookDeadLetterKey = (id: string, letter: string): string => `dead.${id}.${letter}`;
/** Somebody wants a dead letter delivered after all. */
export const redriveKey = (id: string, letter: string): string => `redrive.${id}.${letter}`;

/** The parts of a key of two tokens, `null` when its kind is another. */
export function idInKey(kind: string, key: string): string | null {
  const [first, id, ...rest] = key.split('.');
  return first === kind && id !== undefined && rest.length === 0 ? id : null;
}
