import { proto } from '@whiskeysockets/baileys';
import type { OpenedPart, ReceivedMessage } from '@wabus/testing';
import type { Account } from '../accounts/account.js';
import type { World } from '../world/world.js';
import { phoneSecretsOf, readPart } from './phone-secrets.js';

/** A phone keeps the newest ten thousand messages and receipts, so that a long demo stays bounded. */
const KEPT = 10_000;

export interface PhoneArrival {
  author: Account;
  /** The chat as in {@link ReceivedMessage.chat}. */
  chat: string;
  id: string;
  message: proto.IMessage;
}

/** Records a decrypted message for a phone and emits `phone-message`. */
export function recordMessage(world: World, account: Account, arrival: PhoneArrival): void {
  const secrets = phoneSecretsOf(world);
  secrets.note(account, arrival.author, arrival);
  const opened = readPart(arrival.message, arrival.author, id => secrets.find(account, id));
  const received: ReceivedMessage = {
    id: arrival.id,
    from: arrival.author.jid('pn'),
    chat: arrival.chat,
    text: textOfMessage(arrival.message) ?? textOfEdit(opened),
    message: proto.Message.toObject(proto.Message.fromObject(arrival.message), { bytes: String, longs: Number }),
    ...(opened ? { opened } : {})
  };
  account.received.push(received);
  if (account.received.length > KEPT) account.received.shift();
  world.events.emit('phone-message', { account, author: arrival.author, received, message: arrival.message });
}

/** Records a receipt for a phone and emits `phone-receipt`. */
export function recordReceipt(world: World, account: Account, receipt: { id: string; from: string; type: string }): void {
  account.receipts.push(receipt);
  if (account.receipts.length > KEPT) account.receipts.shift();
  world.events.emit('phone-receipt', { account, receipt });
}

/** Returns the text of a message: a conversation, an extended text, an edited text or a caption; `null` for other messages. */
export function textOfMessage(message: proto.IMessage): string | null {
  const inner = message.ephemeralMessage?.message ?? message.viewOnceMessage?.message ?? message;
  const edited = inner.protocolMessage?.editedMessage;
  if (edited) return textOfMessage(edited);
  return (
    inner.conversation ??
    inner.extendedTextMessage?.text ??
    inner.imageMessage?.caption ??
    inner.videoMessage?.caption ??
    inner.documentMessage?.caption ??
    null
  );
}

/** Returns the text of an encrypted edit. */
function textOfEdit(opened: OpenedPart | undefined): string | null {
  return opened?.kind === 'edit' ? textOfMessage(opened.content as proto.IMessage) : null;
}
