import type { EventEmitter } from 'node:events';
import type { WhatsAppNotification } from '@wabus/contracts';
import type { BaileysEventEmitter, BinaryNode } from '@whiskeysockets/baileys';
import { operationOf, notificationFacts } from './notification.mapper.js';
import { attributeFacts, jsonFacts, factJid, stanzaFacts } from './stanza-facts.reader.js';
import { withhold } from './stanza.filter.js';

export interface NotificationListenerParts {
  readonly stanzas: EventEmitter;
  readonly ev: Pick<BaileysEventEmitter, 'emit'>;
  readonly acknowledge: (notification: BinaryNode) => void;
  /** Returns the jid of the account once it is linked. */
  readonly own: () => string | undefined;
  readonly notify: (notification: WhatsAppNotification) => void;
}

/** Reports the parts of notifications that Baileys omits: with Baileys' event if there is one, otherwise with `notify`. */
export function listenToNotifications({ stanzas, ev, acknowledge, own, notify }: NotificationListenerParts): void {
  withhold(stanzas, 'CB:notification', notification => {
    const { missed, left, withheld } = notificationFacts(notification, own());
    for (const [name, payload] of missed) ev.emit(name, payload);
    if (left !== null) notify(asNotification(notification, left));
    if (withheld) acknowledge(notification);
    return withheld;
  });
}

/** Converts a notification to plain data without secrets. */
export function asNotification(notification: BinaryNode, action: string): WhatsAppNotification {
  const { type = '', id = '', from, participant, t } = notification.attrs;
  const isOperation = type === 'mex';
  const seconds = Number(t);
  const elements = Array.isArray(notification.content) ? notification.content : [];
  return {
    kind: type,
    action: action || null,
    id,
    from: factJid(from) || null,
    ...(participant ? { participant } : {}),
    at: t !== undefined && seconds > 0 && seconds < 1e11 ? new Date(seconds * 1_000).toISOString() : null,
    attributes: attributeFacts(notification.attrs),
    // The text of an operation is in `data`, without secrets.
    content: elements.map(each => (isOperation ? { tag: each.tag, attributes: attributeFacts(each.attrs) } : stanzaFacts(each))),
    ...(isOperation ? { data: jsonFacts(operationOf(notification).data) } : {})
  };
}
