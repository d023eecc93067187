import type { Device } from '../accounts/account.js';
import { splitJid } from '../accounts/jid.js';
import type { SimulatorLog } from '../log.js';
import type { MessageRouter } from '../messages/message.router.js';
import type { PresenceRouter } from '../messages/presence.router.js';
import type { ReceiptRouter } from '../messages/receipt.router.js';
import { child, element, type Stanza } from '../stanza/stanza.js';
import type { World } from '../world/world.js';
import type { Connection } from './connection.js';
import type { IqDispatcher } from './iq.dispatcher.js';

/** Sends every stanza of a client to the part of the service that answers it. Never rejects: malformed stanzas are logged and dropped. */
export class StanzaRouter {
  constructor(
    private readonly world: World,
    private readonly handlers: { iqs: IqDispatcher; messages: MessageRouter; receipts: ReceiptRouter; presence: PresenceRouter },
    private readonly log: SimulatorLog
  ) {}

  async route(connection: Connection, stanza: Stanza): Promise<void> {
    try {
      await this.dispatch(connection, stanza);
    } catch (err) {
      this.log.warn({ tag: stanza.tag, err }, 'failed to handle a stanza');
    }
  }

  private askedForBacklog(connection: Connection, batch: Stanza | undefined): void {
    if (batch) connection.drainBacklog(Number(batch.attrs['count'] ?? 0));
  }

  private async dispatch(connection: Connection, stanza: Stanza): Promise<void> {
    if (stanza.tag === 'iq') return this.handlers.iqs.answer(connection, stanza);
    const device = connection.device;
    // A client that is still pairing also announces its presence, which nobody receives.
    if (!device) return;
    switch (stanza.tag) {
      case 'message':
        this.handlers.messages.route(device, stanza);
        return;
      case 'status':
        // The real service takes posts only as messages (whatsapp-rust 9e8c70e2).
        device.wire?.send(element('ack', { class: 'status', id: stanza.attrs['id'], from: stanza.attrs['to'], error: 400 }));
        return;
      case 'receipt':
        this.handlers.receipts.route(device, stanza);
        return;
      case 'ack':
        device.outbox.acknowledge(stanza.attrs['class'] ?? '', stanza.attrs['id'] ?? '', { ...stanza.attrs, isOwnCopy: ownCopyOf(device) });
        this.world.events.emit('device-change', { device });
        return;
      case 'presence':
        this.handlers.presence.presence(device, stanza);
        return;
      case 'chatstate':
        this.handlers.presence.chatState(device, stanza);
        return;
      case 'call':
        device.wire?.send(callAck(stanza));
        return;
      case 'ib':
        this.askedForBacklog(connection, child(stanza, 'offline_batch'));
        return;
      default:
        this.log.info({ tag: stanza.tag }, 'stanza without a handler');
    }
  }
}

/** Acknowledges a call, which clients wait for; the ack to a request for a call link contains its token. */
function callAck(stanza: Stanza): Stanza {
  const link = child(stanza, 'link_create') ? [element('link_create', { token: `sim${stanza.attrs['id'] ?? ''}` })] : undefined;
  return element('ack', { class: 'call', id: stanza.attrs['id'], from: stanza.attrs['to'] }, link);
}

/** Matches copies of messages that other devices of the account have sent, but not the phone's peer messages to its own devices. */
function ownCopyOf({ account }: Device): (stanza: Stanza) => boolean {
  return ({ tag, attrs: { from, participant, category } }) =>
    tag === 'message' &&
    category !== 'peer' &&
    [from, participant].some(jid => jid !== undefined && [account.phoneNumber, account.lid].includes(splitJid(jid)?.user ?? ''));
}
