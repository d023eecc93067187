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

  it('distinguishes equal ids by tag and participant', () => {
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

  it('keeps a stanza that is acknowledged with error 500', () => {
    const outbox = new Outbox();
    outbox.add(message('a'));
    expect(outbox.acknowledge('message', 'a', { error: '500' })).toBe(0);
    outbox.refuse('a');
    expect(outbox.acknowledge('message', 'a', { error: '500' })).toBe(0);
    expect(outbox.size).toBe(1);
    expect(outbox.acknowledge('message', 'a', { error: '487' })).toBe(1);
  });

  it('keeps the copy of an own message until its receipt', () => {
    const outbox = new Outbox();
    outbox.add(message('a'));
    outbox.refuse('a');
    outbox.add(message('a'));
    expect(outbox.acknowledge('message', 'a', { isOwnCopy: () => true })).toBe(0);
    // This ack belongs to the first copy, which was refused; the second copy has an ack of its own.
    expect([outbox.received('a'), outbox.size]).toEqual([0, 1]);
    expect([outbox.received('a'), outbox.size]).toEqual([1, 0]);
  });

  it('keeps a message that is requested again until its ack', () => {
    const outbox = new Outbox();
    outbox.add(message('a'));
    outbox.refuse('a');
    expect(outbox.size).toBe(1);
    expect(outbox.acknowledge('message', 'a')).toBe(1);
  });

  it('writes nothing behind a post before its ack of class status', () => {
    const outbox = new Outbox();
    const [before, post, after] = [message('a'), element('status', { id: 'b', participant: 'x' }), message('c')];
    for (const each of [before, post, after]) outbox.add(each);
    expect(outbox.takeWritable()).toEqual([before, post]);
    outbox.acknowledge('message', 'b', { participant: 'x' });
    outbox.acknowledge('status', 'b', { participant: 'x', error: '500' });
    expect([outbox.takeWritable(), outbox.blockedBy]).toEqual([[], post]);
    outbox.acknowledge('status', 'b', { participant: 'x' });
    expect(outbox.takeWritable()).toEqual([after]);
    expect([outbox.isWritten, outbox.size]).toEqual([true, 2]);
  });

  it('writes everything unconfirmed again on a new connection', () => {
    const outbox = new Outbox();
    for (const id of ['a', 'b']) outbox.add(message(id));
    outbox.takeWritable();
    outbox.confirm('message', 'a');
    outbox.rewind();
    expect(outbox.takeWritable()).toEqual([message('b')]);
  });

  it('writes a new copy in the place of a waiting one', () => {
    const outbox = new Outbox();
    const copy = element('message', { id: 'a', t: '2' });
    for (const each of [message('a'), message('b'), copy]) outbox.add(each);
    expect(outbox.takeWritable()).toEqual([copy, message('b')]);
    expect(outbox.pending()).toEqual([copy, message('b')]);
    outbox.add(message('a'));
    expect(outbox.takeWritable()).toEqual([message('a')]);
  });

  it('expects no late ack over a new connection', () => {
    const outbox = new Outbox();
    outbox.refuse('a');
    outbox.rewind();
    outbox.add(message('a'));
    expect(outbox.acknowledge('message', 'a')).toBe(1);
  });
});
