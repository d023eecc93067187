import type { EncodedEvent, SessionId } from '@wabus/contracts';
import { oneLine, sseOfCursor, sseOfEvent, sseOfNotice } from './event-stream.responder.js';

const event: EncodedEvent = {
  facts: { id: 'x', session: 's' as SessionId, event: 'call', epoch: 1, at: '2026-01-02T03:04:05.678Z', schemaVersion: 1 },
  body: '{\r\n  "text": "a\\nb"\n}',
  cursor: 'Y3Vyc29y'
};

describe('Server-Sent Events', () => {
  it('have cursor, name and a one-line envelope', () => {
    const lines = sseOfEvent(event).split('\n');
    expect(lines.slice(0, 2)).toEqual(['id: Y3Vyc29y', 'event: call']);
    expect(lines.slice(3)).toEqual(['', '']);
    expect(JSON.parse(lines[2]!.slice('data: '.length))).toEqual({
      ...event.facts,
      cursor: event.cursor,
      data: { text: 'a\nb' }
    });
  });

  it('advance the id without an event', () => {
    expect(sseOfCursor('c')).toBe(': keep-alive\nid: c\n\n');
    expect(sseOfNotice('end', { reason: 'expired' })).toBe('event: end\ndata: {"reason":"expired"}\n\n');
  });

  it('leave text without line breaks as it is', () => {
    expect(oneLine('{"a":"b c"}')).toBe('{"a":"b c"}');
  });
});
