// @ts-check
import { eventLine } from './event-line.policy.mjs';

/** @param {object} message */
const line = message =>
  eventLine({ event: 'messages.upsert', session: 's', at: '2026-11-30T08:09:10.000Z', data: { messages: [message] } });

describe('an event as a line', () => {
  it('contains the author and the text', () => {
    expect(line({ key: { remoteJid: '1@s.whatsapp.net' }, pushName: 'Ada', message: { conversation: 'hi' } })).toBe(
      '08:09:10  s  messages.upsert  Ada 1@s.whatsapp.net: hi'
    );
  });

  it('contains no control characters from strangers', () => {
    const hostile = '\u001b]0;owned\u0007\u001b[2J\nx';
    const text = line({ key: { remoteJid: `1${hostile}` }, pushName: hostile, message: { conversation: hostile } });
    expect(text).not.toMatch(/[\u0000-\u001f]/);
  });

  it('is short for long texts', () => {
    expect(line({ key: { remoteJid: '1' }, message: { conversation: 'x'.repeat(500) } }).length).toBeLessThan(200);
  });
});
