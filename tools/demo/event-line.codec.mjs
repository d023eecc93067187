// @ts-check

/**
 * Formats an event as one readable line.
 * @param {string} event
 * @param {any} payload the payload from Baileys
 * @param {Date} at
 * @returns {string | null} `null` for an event that is of no interest to the reader
 */
export function formatEvent(event, payload, at) {
  const time = at.toTimeString().slice(0, 8);
  if (event === 'messages.upsert') {
    /** @type {any[]} */
    const messages = payload?.messages ?? [];
    // Protocol messages between the devices of an account are events too, but contain nothing to read.
    const lines = messages
      .filter(message => !message.message?.protocolMessage)
      .map(message => {
        const text = message.message?.conversation ?? message.message?.extendedTextMessage?.text;
        const content = typeof text === 'string' ? JSON.stringify(text) : `(${Object.keys(message.message ?? {})[0] ?? 'not decrypted'})`;
        const direction = message.key?.fromMe ? '→ to  ' : '← from';
        const other = String(message.pushName ?? message.key?.remoteJid ?? '?').replace(/\p{Cc}/gu, '');
        return `${time}  messages.upsert    ${direction} ${other}: ${content}`;
      });
    return lines.length > 0 ? lines.join('\n') : null;
  }
  if (event === 'connection.update') {
    const facts = [payload?.connection, payload?.qr && 'a QR code', payload?.isNewLogin && 'new login'].filter(Boolean);
    return facts.length > 0 ? `${time}  connection.update  ${facts.join(', ')}` : null;
  }
  return `${time}  ${event}`;
}
