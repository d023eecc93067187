import type { EventPayloads } from '../generated/event.catalog.js';
import type { ErrorJson, LinkedAccount, SessionStatus } from '../generated/payload.catalog.js';

/** The known state of a session's connection to WhatsApp. Each update creates a new object. */
export class ConnectionModel {
  /** The id of the session. */
  readonly identifier: string;
  /** The state according to Baileys: `connecting`, `open` or `close`; `undefined` until it is known. */
  readonly connection?: 'connecting' | 'open' | 'close';
  /** The text of the QR code to scan, if there is one. Render it with any program, or use `commands.getQr('svg')` of a client. */
  readonly qr?: string;
  /** The pairing code to enter on the phone, if there is one. */
  readonly pairingCode?: string;
  /** The state according to Wabus, which is more detailed than `connection`. */
  readonly state?: SessionStatus['state'];
  /** The linked account; `null` if there is none, `undefined` until it is known. */
  readonly account?: LinkedAccount | null;
  /** Why the last connection to WhatsApp ended. */
  readonly lastDisconnect?: { readonly error?: ErrorJson; readonly date: string };
  /** Whether the account was linked just now. */
  readonly isNewLogin?: boolean;
  /** Whether WhatsApp has delivered everything that arrived while the session was offline. */
  readonly receivedPendingNotifications?: boolean;
  /** Whether the account is shown as online. */
  readonly isOnline?: boolean;

  constructor(fields: ConnectionModel) {
    this.identifier = fields.identifier;
    Object.assign(this, fields);
  }
}

/** A change of the connection. */
export type ConnectionNews =
  | { readonly kind: 'update'; readonly update: EventPayloads['connection.update'] }
  | { readonly kind: 'qr'; readonly qr: string }
  | { readonly kind: 'pairing-code'; readonly code: string | null }
  | { readonly kind: 'status'; readonly status: SessionStatus };

/** The states in which an account may still be linked. */
const UNLINKED: readonly SessionStatus['state'][] = ['pairing', 'connecting', 'starting'];
const CONNECTIONS: Partial<Record<SessionStatus['state'], 'connecting' | 'open' | 'close'>> = {
  open: 'open',
  connecting: 'connecting',
  pairing: 'connecting',
  stopped: 'close',
  waiting: 'close',
  'logged-out': 'close',
  failed: 'close'
};

/** Returns the connection after a change. QR and pairing codes are removed when the account is linked, and when linking is no longer possible. */
export function connectionAfter(model: ConnectionModel, news: ConnectionNews): ConnectionModel {
  switch (news.kind) {
    case 'qr':
      return new ConnectionModel({ ...model, qr: news.qr });
    case 'pairing-code':
      return settled({ ...model, pairingCode: news.code ?? undefined }, false);
    case 'update': {
      const {
        qr = model.qr,
        connection = model.connection,
        lastDisconnect,
        isNewLogin,
        receivedPendingNotifications,
        isOnline
      } = news.update;
      const given = defined({ connection, lastDisconnect, isNewLogin, receivedPendingNotifications, isOnline });
      return settled({ ...model, ...given, ...(qr === undefined ? {} : { qr }) }, isNewLogin === true || connection === 'open');
    }
    case 'status': {
      const { state, account, passkey } = news.status;
      // The phone has scanned the QR code or accepted the pairing code.
      const inPasskey = Boolean(passkey) && passkey?.stage !== 'failed';
      const connection = CONNECTIONS[state] ?? model.connection;
      return settled({ ...model, state, account, ...defined({ connection }) }, !UNLINKED.includes(state) || account !== null || inPasskey);
    }
  }
}

function settled({ qr, pairingCode, ...model }: ConnectionModel, withoutCodes: boolean): ConnectionModel {
  return new ConnectionModel(withoutCodes ? model : { ...model, ...defined({ qr, pairingCode }) });
}

function defined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
