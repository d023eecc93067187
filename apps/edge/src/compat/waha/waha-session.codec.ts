import type { SessionState, SessionStatus, SessionView, WebhookView } from '@wabus/contracts';
import { wahaId } from './waha-id.codec.js';
import { wahaEventsOf } from './waha-events.table.js';

/** WAHA's names for session states. */
const STATUS = {
  stopped: 'STOPPED',
  starting: 'STARTING',
  connecting: 'STARTING',
  waiting: 'STARTING',
  pairing: 'SCAN_QR_CODE',
  open: 'WORKING',
  'logged-out': 'FAILED',
  failed: 'FAILED'
} as const satisfies Record<SessionState, string>;

export function wahaStatus({ state, passkey }: Pick<SessionStatus, 'state'> & { passkey?: { stage?: string | null } | null }): string {
  if (state === 'pairing' && passkey?.stage === 'assertion') return 'PASSKEY_REQUIRED';
  if (state === 'pairing' && passkey?.stage === 'confirmation') return 'PASSKEY_CONFIRMATION_REQUIRED';
  return STATUS[state];
}

/** Returns the session's account in the format of WAHA, or `null` before it is linked. */
export function wahaMe(account: SessionStatus['account']): Record<string, unknown> | null {
  if (account === null) return null;
  const lid = account.lid === null ? {} : { lid: account.lid.replace(/:\d+@/, '@') };
  return { id: wahaId(account.id), ...lid, pushName: account.name };
}

/** The name that WAHA reports in `engine` for the engine most similar to that of Wabus. */
export const WAHA_ENGINE = 'NOWEB';

export function wahaSession({ session, status }: SessionView, webhooks: readonly WebhookView[]): Record<string, unknown> {
  return {
    name: session,
    status: wahaStatus(status),
    config: { webhooks: webhooks.map(wahaWebhook) },
    me: status.state === 'open' ? wahaMe(status.account) : null,
    engine: { engine: WAHA_ENGINE }
  };
}

/** Secrets and values of headers are not shown again. */
function wahaWebhook({ url, events, headerNames, formatOptions }: WebhookView): Record<string, unknown> {
  return {
    url,
    events: formatOptions === null || formatOptions.events === '*' ? wahaEventsOf(events) : formatOptions.events,
    hmac: formatOptions?.signed === true ? { key: '***' } : null,
    retries: null,
    customHeaders: headerNames.length === 0 ? null : headerNames.map(name => ({ name, value: '***' }))
  };
}
