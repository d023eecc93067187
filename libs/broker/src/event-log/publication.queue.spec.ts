import type { EventFacts, EventName, SessionId } from '@wabus/contracts';
import { MAX_PIPELINED, Publication, PublicationGroup } from './publication.js';
import { PublicationQueue } from './publication.queue.js';

const LIMITS = { publications: 3, bytes: 10_000 };

/** Each of a different family; the number at the end of an id selects one. */
const EVENTS: readonly EventName[] = ['chats.update', 'messages.upsert', 'contacts.update', 'groups.update', 'call'];

const facts = (session: string, id: string, event: EventName): EventFacts => ({
  ...{ id, session: session as SessionId, event },
  ...{ epoch: 1, at: '2026-01-01T00:00:00.000Z', schemaVersion: 1 }
});

const publication = (session: string, id: string, bytes = 1, event = EVENTS[Number(id.slice(1)) % EVENTS.length]!) =>
  new Publication(facts(session, id, event), new Uint8Array(bytes));

function queueOf(...publications: Publication[]): PublicationQueue {
  const queue = new PublicationQueue();
  for (const each of publications) queue.add(each);
  return queue;
}

/** An outgoing message has its headers only as bytes. */
const isOfBatch = (header: unknown) => Buffer.from((header as { encode(): Uint8Array }).encode()).includes('Nats-Batch-Id');

const ids = (publications: Publication[]) => publications.map(({ id }) => id).join(' ');

test("a session's first events go together, up to the limit", () => {
  const all = ['a1', 'a2', 'a3', 'a4'].map(id => publication('a', id));
  const queue = queueOf(...all);
  const first = queue.take(LIMITS);
  expect(ids(first)).toBe('a1 a2 a3');
  expect(queue.take(LIMITS)).toEqual([]);
  for (const each of first) queue.remove(each);
  expect(queue.take(LIMITS)).toEqual([]);
  queue.release(first[0]!.session);
  expect(ids(queue.take(LIMITS))).toBe('a4');
});

test('sessions take turns, and none holds up the others', () => {
  const queue = queueOf(publication('a', 'a1'), publication('b', 'b1'), publication('a', 'a2'));
  expect(ids(queue.take(LIMITS))).toBe('a1 a2');
  expect(ids(queue.take(LIMITS))).toBe('b1');
});

test('released publications are taken again, first', () => {
  const queue = queueOf(publication('a', 'a1'), publication('a', 'a2'));
  const taken = queue.take({ ...LIMITS, publications: 1 });
  queue.add(publication('a', 'a3'));
  queue.release(taken[0]!.session);
  expect(ids(queue.take(LIMITS))).toBe('a1 a2 a3');
});

test('a large one is sent alone, and is never left behind', () => {
  const queue = queueOf(publication('a', 'a1', 20_000), publication('a', 'a2'));
  expect(ids(queue.take(LIMITS))).toBe('a1');
});

test.each([0, 1])('an event that must be sent alone (at %d) is in no batch', place => {
  const all = [publication('a', 'a1'), publication('a', 'a2')];
  all[place]!.isSingle = true;
  expect(ids(queueOf(...all).take(LIMITS))).toBe('a1');
});

test('a session without waiting publications is forgotten', () => {
  const one = publication('a', 'a1');
  const queue = queueOf(one);
  queue.take(LIMITS);
  queue.remove(one);
  queue.release(one.session);
  expect(queue.size).toBe(0);
  queue.add(one);
  expect(ids(queue.take(LIMITS))).toBe('a1');
});

describe('a group of events', () => {
  const few = (...events: EventName[]) => events.map((event, i) => publication('a', `a${i}`, 1, event));
  const group = (...events: EventName[]) => queueOf(...few(...events)).take({ publications: 12, bytes: 10_000 }).length;

  it('ends before a second event of a family', () => {
    expect(group('messages.upsert', 'chats.update', 'contacts.update', 'messages.update')).toBe(3);
    expect(group('messages.upsert', 'messages.upsert')).toBe(1);
    expect(group('chats.update', 'call', 'groups.update')).toBe(3);
  });

  it('is one atomic batch if a full step waits', () => {
    const many = Array.from({ length: 14 }, (): EventName => 'messages.upsert');
    expect(group(...many)).toBe(12);
    expect(group(...many.slice(3))).toBe(1);
    const large = Array.from({ length: 9 }, (_, i) => publication('a', `a${i}`, 1_000, 'call'));
    expect(queueOf(...large).take({ publications: 12, bytes: 10_000 }).length).toBe(8);
    expect(queueOf(...large).take({ publications: 12, bytes: 3_000 }).length).toBe(1);
    expect(MAX_PIPELINED).toBe(7);
  });

  it('requests one answer per message, or one per batch', () => {
    const each = new PublicationGroup(few('chats.update', 'call'));
    expect(each.attempt(each.open).map(({ answers, header }) => [answers.length, isOfBatch(header)])).toEqual([
      [1, false],
      [1, false]
    ]);
    const batch = new PublicationGroup(few(...Array.from({ length: 8 }, (): EventName => 'call')));
    expect(batch.attempt(batch.open).map(({ answers }) => answers.length)).toEqual([0, 0, 0, 0, 0, 0, 0, 8]);
    for (const one of batch.publications.slice(1)) one.succeed({ sequence: 1, duplicate: false });
    expect(batch.attempt(batch.open).map(({ answers, header }) => [answers.length, isOfBatch(header)])).toEqual([[1, false]]);
  });

  it('ends with the turn of the event loop', () => {
    const [first, second] = few('chats.update', 'call') as [Publication, Publication];
    const later = new Publication(facts('a', 'a9', 'groups.update'), new Uint8Array(1), { turn: 1 });
    expect(ids(queueOf(first, second, later).take({ publications: 64, bytes: 10_000 }))).toBe('a0 a1');
  });

  it.each<[EventName[], EventName[]]>([
    [
      ['messages.upsert', 'chats.update', 'contacts.update'],
      ['chats.update', 'contacts.update', 'messages.upsert']
    ],
    [
      ['messages.upsert', 'chats.delete', 'contacts.update'],
      ['messages.upsert', 'chats.delete', 'contacts.update']
    ],
    [
      ['call', 'messages.upsert', 'chats.update', 'groups.update'],
      ['call', 'chats.update', 'messages.upsert', 'groups.update']
    ]
  ])('puts a message after its companions (%#)', (published, sent) => {
    expect(new PublicationGroup(few(...published)).publications.map(({ event }) => event)).toEqual(sent);
  });
});
