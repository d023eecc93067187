import type { EventEmitter } from 'node:events';
import type { BaileysEventEmitter, BinaryNode, CacheStore } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import { getBinaryNodeChild, jidDecode } from '../baileys.js';
import type { LidMap } from '../signal/lid-map.js';

/** The change of a contact's phone number. */
export interface NumberChange {
  readonly former: { readonly pn?: string; readonly lid?: string };
  readonly present: { readonly pn: string; readonly lid: string };
}

/** Reads `<notification type="contacts"><modify old new old_lid new_lid/>` (whatsapp-rust 9ed091a1); `null` for other notifications. */
export function readNumberChange(notification: BinaryNode): NumberChange | null {
  const { old, new: pn, old_lid: oldLid, new_lid: lid } = getBinaryNodeChild(notification, 'modify')?.attrs ?? {};
  if (!pn || !lid) return null;
  return {
    former: { pn: old && jidOf(old, 's.whatsapp.net'), lid: oldLid && jidOf(oldLid, 'lid') },
    present: { pn: jidOf(pn, 's.whatsapp.net'), lid: jidOf(lid, 'lid') }
  };
}

const jidOf = (text: string, server: string): string => (text.includes('@') ? text : `${text}@${server}`);

export interface ContactNotificationsParts {
  readonly stanzas: EventEmitter;
  readonly ev: Pick<BaileysEventEmitter, 'emit'>;
  readonly map: () => LidMap | null;
  /** The device lists by user. */
  readonly devices: CacheStore;
  readonly logger: Logger;
}

/** Handles WhatsApp's notifications about contacts, which Baileys only acknowledges: a new number, and changed devices. */
export function followContacts({ stanzas, ev, map, devices, logger }: ContactNotificationsParts): void {
  const forget = (jid: string | undefined): void => {
    const user = jid && jidDecode(jid)?.user;
    if (user) void devices.del(user);
  };
  const change = async ({ former, present }: NumberChange): Promise<void> => {
    await map()?.replace(former, present);
    for (const jid of [former.pn, former.lid, present.pn, present.lid]) forget(jid);
    ev.emit('lid-mapping.update', present);
    ev.emit('contacts.update', [{ id: present.pn, lid: present.lid, phoneNumber: present.pn }]);
  };
  stanzas.on('CB:notification,type:contacts', (notification: BinaryNode) => {
    const changed = readNumberChange(notification);
    if (changed) change(changed).catch((err: unknown) => logger.warn({ err }, 'failed to store the new number of a contact'));
    const update = getBinaryNodeChild(notification, 'update');
    if (!update) return;
    // A hash does not identify the contact (whatsapp-rust 4ae76fcb), so all lists are fetched again when they are needed.
    if (update.attrs['jid']) forget(update.attrs['jid']);
    else void devices.flushAll();
  });
}
