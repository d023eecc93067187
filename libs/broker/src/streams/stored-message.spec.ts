import { parseDelivery } from './stored-message.js';

describe('the position of a delivered message', () => {
  it('parses the short and the long acknowledgement subject', () => {
    const place = { attempt: 1, sequence: 42, number: 7, pending: 3 };
    expect(parseDelivery('$JS.ACK.EVENTS.c1.1.42.7.1700000000000000000.3')).toEqual(place);
    expect(parseDelivery('$JS.ACK._.hash.EVENTS.c1.1.42.7.1700000000000000000.3.rnd')).toEqual(place);
    expect(parseDelivery('$JS.ACK.hub.hash.EVENTS.c1.1.42.7.1700000000000000000.3')).toEqual(place);
  });

  it.each([undefined, '', '_INBOX.a.b', '$JS.ACK.too.short'])('is null for %p', reply => {
    expect(parseDelivery(reply)).toBeNull();
  });
});
