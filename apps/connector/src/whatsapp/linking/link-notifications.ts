import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import { S_WHATSAPP_NET } from '../baileys.js';
import type { SocketCredentials } from '../signal/socket-credentials.js';

/** Notifications about linking that Baileys 7.0.0-rc14 does not handle completely or at all. */
export const LINK_NOTIFICATIONS = [
  'companion_reg_refresh',
  'link_code_companion_reg',
  'passkey_prologue_request',
  'crsc_continuation'
] as const;
export type LinkNotificationType = (typeof LINK_NOTIFICATIONS)[number];

/** A notification from the server. */
export interface LinkNotification {
  readonly node: BinaryNode;
  /** Acknowledges the notification unless Baileys does so. Further calls have no effect. */
  readonly acknowledge: () => Promise<void>;
}

/** The jids with which the server identifies itself: in frames (Baileys' constant, which has an empty user) and in reports. */
const SERVER: readonly (string | undefined)[] = [S_WHATSAPP_NET, 's.whatsapp.net'];

export interface LinkNotificationHandler<Seen> {
  /** Called synchronously, before Baileys gets the notification. */
  readonly first: (node: BinaryNode) => Seen;
  /** Called after earlier notifications are handled. Unless it rejects, the notification is acknowledged at its end at the latest. */
  readonly handle: (notification: LinkNotification, seen: Seen) => Promise<void>;
}

export interface LinkNotificationsParts {
  readonly socket: Pick<WASocket, 'ws' | 'sendNode'>;
  readonly credentials: SocketCredentials;
  readonly logger: Logger;
  readonly ended: AbortSignal;
}

/**
 * Handles and acknowledges the server's notifications about linking, one after another. Notifications from any other sender are ignored. Baileys acknowledges
 * notifications itself once `creds.me` is set (by a pairing code, or when the device is linked), but fails to do so before.
 */
export class LinkNotifications {
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly parts: LinkNotificationsParts) {}

  on<Seen>(type: LinkNotificationType, { first, handle }: LinkNotificationHandler<Seen>): void {
    const { socket, credentials, logger, ended } = this.parts;
    socket.ws.on(`CB:notification,type:${type}`, (node: BinaryNode) => {
      if (!SERVER.includes(node.attrs['from'])) return;
      const notification = this.notification(node, !credentials.state.creds.me);
      const seen = first(node);
      void this.inTurn(async () => {
        await handle(notification, seen);
        await notification.acknowledge();
      }).catch((err: unknown) => {
        if (!ended.aborted) logger.warn({ err, type }, 'failed to handle a linking notification');
      });
    });
  }

  /** Runs work that must not overlap with the handling of a notification. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work);
    this.last = turn.then(
      () => undefined,
      () => undefined
    );
    return turn;
  }

  private notification(node: BinaryNode, ours: boolean): LinkNotification {
    const { id, from, type } = node.attrs as { id: string; from: string; type: string };
    let sent: Promise<void> | undefined;
    const send = (): Promise<void> => this.parts.socket.sendNode({ tag: 'ack', attrs: { class: 'notification', type, id, to: from } });
    return { node, acknowledge: () => (sent ??= ours ? send() : Promise.resolve()) };
  }
}
