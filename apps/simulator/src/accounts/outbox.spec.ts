import { element } from '../stanza/stanza.js';
import { Outbox } from './outbox.js';

const message = (id: string, participant?: string) => element('message', { id, participant });

describe('Outbox', () => {
  it('keeps stanzas in order until they are confirmed', () => {
    const outbox = new Outbox();
    for (const id of ['a', 'b', 'c']) outbox.add(message(id));
    expect(outbox.confirm('message', 'b')).toBe(1);
    expect(outbox.confirm('message', 'b')).toBe(0);
    expect(outbox.pending().map(({ attrs }) => attrs['id'])).toEqual(['a', 'c']);
  });

  it('tells stanzas of one id apart by tag and participant', () => {
    const outbox = new Outbox();
    outbox.add(element('receipt', { id: 'a' }));
    outbox.add(message('a', 'x'));
    outbox.add(message('a', 'y'));
    expect(outbox.confirm('message', 'a', 'x')).toBe(1);
    expect(outbox.pending()).toEqual([element('receipt', { id: 'a' }), message('a', 'y')]);
  });

  it('confirms all participants unless one is named', () => {
    const outbox = new Outbox();
    outbox.add(message('a', 'x'));
    outbox.add(message('a', 'y'));
    expect(outbox.confirm('message', 'a')).toBe(2);
    outbox.add(message('b'));
    expect(outbox.confirm('message', 'b', 'x')).toBe(1);
    expect(outbox.size).toBe(0);
  });

  it("ignores the late ack of a refused message's first copy", () => {
    const outbox = new Outbox();
    outbox.add(message('a'));
    outbox.refuse('a');
    outbox.add(message('a'));
    expect(outbox.acknowledge('message', 'a')).toBe(0);
    expect(outbox.size).toBe(1);
    expect(outbox.acknowledge('message', 'a')).toBe(1);
  });

  it('expects no late ack over a new connection', () => {
    const outbox = new Outbox();
    outbox.refuse('a');
    outbox.forgetRefusals();
    outbox.add(message('a'));
    expect(outbox.acknowledge('message', 'a')).toBe(1);
  });
});
