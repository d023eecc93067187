import type { AnyEvent } from '@wabus/sdk';
import { phoneOf } from '../chats/jid.text.js';
import { messageText } from '../chats/message-content.policy.js';

const MOST = 120;

/** What an event is about, in one line; empty when nothing short can be said. */
export function eventSummaryOf(event: AnyEvent): string {
  return line(event).replace(/\s+/g, ' ').slice(0, MOST);
}

function line(event: AnyEvent): string {
  switch (event.event) {
    case 'messages.upsert': {
      const [message] = event.data.messages;
      return [phoneOf(message?.key?.remoteJid ?? ''), messageText(message)].filter(Boolean).join(': ');
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
      return jidsIn(event.data).join(', ');
  }
}

/** The jids of what a payload lists. */
function jidsIn(data: unknown): string[] {
  const items = Array.isArray(data) ? data : [data];
  return items.slice(0, 3).flatMap(item => {
    const { id, key, chatId } = (typeof item === 'object' && item !== null ? item : {}) as {
      id?: unknown;
      key?: { remoteJid?: unknown };
      chatId?: unknown;
    };
    const jid = key?.remoteJid ?? id ?? chatId;
    return typeof jid === 'string' ? [phoneOf(jid)] : [];
  });
}
