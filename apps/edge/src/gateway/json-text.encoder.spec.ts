import { Decoder, Encoder, PacketType, type Packet } from 'socket.io-parser';
import { JsonText, JsonTextEncoder } from './json-text.encoder.js';

const encode = (packet: Packet): unknown[] => new JsonTextEncoder().encode(packet);
const decode = (encoded: unknown): Packet => {
  let decoded: Packet | undefined;
  const decoder = new Decoder();
  decoder.on('decoded', (packet: Packet) => (decoded = packet));
  decoder.add(encoded);
  return decoded!;
};

describe('JsonTextEncoder', () => {
  const payloads = [
    '{"messages":[{"text":"\\u2028 ä \\"quoted\\" 💬"}],"type":"notify"}',
    '[]',
    'null',
    '0',
    '"text"',
    '{ "spaced" : [ 1 , 2 ] }'
  ];

  it.each(['/', '/api/events'])('gives a client in namespace %s the payload in the text', nsp => {
    for (const text of payloads) {
      const [packet, ...attachments] = encode({ type: PacketType.EVENT, nsp, data: ['messages.upsert', new JsonText(text)] });
      expect(attachments).toEqual([]);
      expect(decode(packet)).toMatchObject({ type: PacketType.EVENT, nsp, data: ['messages.upsert', JSON.parse(text)] });
    }
  });

  it('copies the text as it is', () => {
    const text = '{ "spaced" : 1.0 }';
    expect(encode({ type: PacketType.EVENT, nsp: '/', data: ['call', new JsonText(text)] })).toEqual([`2["call",${text}]`]);
  });

  it('encodes everything else exactly as the standard encoder', () => {
    const others: Packet[] = [
      { type: PacketType.CONNECT, nsp: '/api/events', data: { sid: 'x' } },
      { type: PacketType.EVENT, nsp: '/', data: ['exception', { code: 'INTERNAL' }] },
      { type: PacketType.EVENT, nsp: '/', data: ['two', new JsonText('1'), new JsonText('{"a":2}')] },
      { type: PacketType.EVENT, nsp: '/', id: 3, data: ['asks', new JsonText('{"a":2}')] },
      { type: PacketType.ACK, nsp: '/', id: 7, data: [{ ok: true }] },
      { type: PacketType.CONNECT_ERROR, nsp: '/', data: { message: 'UNAUTHORIZED', data: {} } }
    ];
    for (const packet of others) expect(encode({ ...packet })).toEqual(new Encoder().encode({ ...packet }));
  });
});
