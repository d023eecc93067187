import { randomBytes } from 'node:crypto';

/** A new id for a message, in the form of Baileys' `generateMessageIDV2` (22 characters), by which WhatsApp knows a linked device's messages. */
export function newMessageId(): string {
  return `3EB0${randomBytes(9).toString('hex').toUpperCase()}`;
}
