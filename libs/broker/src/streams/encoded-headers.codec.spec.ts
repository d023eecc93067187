import { headers } from '@nats-io/transport-node';
import { encodedHeaders, headerLines } from './encoded-headers.codec.js';

type Encodable = { encode(): Uint8Array };

const bytesOf = (header: unknown): string => Buffer.from((header as Encodable).encode()).toString('utf8');

test('headers are those of the client', () => {
  const entries: [string, string][] = [
    ['Nats-Msg-Id', 'a.m.1'],
    ['traceparent', '00-1'],
    ['Wabus-Chats', 'ü']
  ];
  const plain = headers();
  for (const [name, value] of entries) plain.set(name, value);
  expect(bytesOf(encodedHeaders(headerLines(entries)))).toBe(bytesOf(plain));
});

test.each(['a\r\nb', 'a\nb'])('a value that ends its line is refused: %j', value => {
  expect(() => headerLines([['Wabus-Event', value]])).toThrow(RangeError);
});
