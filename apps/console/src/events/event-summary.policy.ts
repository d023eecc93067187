import type { AnyEvent } from '@wabus/sdk';
import { phoneOf } from '../chats/jid.text.js';
import { messageText } from '../chats/message-content.policy.js';
import { jidsOf } from './event-chats.policy.js';

const MOST = 120;
const MOST_JIDS = 3;

/** Summarizes an event in one line; empty if there is no short summary. */
export function eventSummaryOf(event: AnyEvent): string {
  return line(event).replace(/\s+/g, ' ').slice(0, MOST);
}

function line(event: AnyEvent): string {
  switch (event.event) {
    case 'messages.upsert': {
      const [message] = event.data.messages;
      return [chatText(message?.key), messageText(message)].filter(Boolean).join(': ');
    }
    case 'session.status':
      return event.data.state;
    case 'connection.update':
      return event.data.connection ?? Object.keys(event.data).join(', ');
    case 'creds.update':
      return event.data.changed.join(', ');
    case 'auth.qr':
      return `#${event.data.attempt}`;
    default:
      return jidsOf(event.data).slice(0, MOST_JIDS).map(phoneOf).join(', ');
  }
}

/** Returns the phone number of a chat if it is known, otherwise its jid. */
function chatText(key: { remoteJid?: string | null; remoteJidAlt?: string | null } | null | undefined): string {
  const jids = [key?.remoteJid, key?.remoteJidAlt].filter(jid => typeof jid === 'string' && jid !== '');
  return phoneOf(jids.find(jid => jid?.endsWith('@s.whatsapp.net')) ?? jids[0] ?? '');
}
