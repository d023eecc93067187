// @ts-check

const MAX_TEXT = 100;

/**
 * Formats an event as one readable line: time, session, name, and the most important part of the payload.
 * @param {{ event: string, session: string, at: string, data: any }} event
 */
export function eventLine({ event, session, at, data }) {
  return plain([at.slice(11, 19), session, event, summary(event, data)].filter(part => part !== '').join('  '));
}

/** @param {string} event @param {any} data */
function summary(event, data) {
  if (event === 'messages.upsert') return (data.messages ?? []).map(messageText).join(' | ');
  if (event === 'session.status') return String(data.state ?? '');
  if (event === 'connection.update') return data.qr ? 'a QR code' : String(data.connection ?? '');
  if (Array.isArray(data)) return `${data.length} ${data.length === 1 ? 'entry' : 'entries'}`;
  return clip(JSON.stringify(data) ?? '');
}

/** @param {any} message */
function messageText({ key, message, pushName }) {
  const who = key?.fromMe ? `to ${key.remoteJid}` : `${pushName ?? ''} ${key?.participant || key?.remoteJid}`.trim();
  const kind = Object.keys(message ?? {}).find(name => name !== 'messageContextInfo') ?? 'no content';
  const text = message?.conversation ?? message?.extendedTextMessage?.text ?? message?.[kind]?.caption;
  return `${who}: ${text === undefined ? `(${kind})` : clip(text)}`;
}

/** Removes control characters: a terminal would execute those in names and texts from strangers. @param {string} text */
function plain(text) {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
}

/** @param {string} text */
function clip(text) {
  const shown = plain(text);
  return shown.length > MAX_TEXT ? `${shown.slice(0, MAX_TEXT)}…` : shown;
}
