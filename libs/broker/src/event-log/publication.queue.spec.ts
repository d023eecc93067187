import type { EventFacts, SessionId } from '@wabus/contracts';
import { Publication } from './publication.js';
import { PublicationQueue } from './publication.queue.js';

const LIMITS = { publications: 3, bytes: 10_000 };

const publication = (session: string, id: string, bytes = 1) =>
  new Publication(
    {
      id,
      session: session as SessionId,
      event: 'chats.update',
      epoch: 1,
      at: '2026-01-01T00:00:00.000Z',
      schemaVersion: 1
    } satisfies EventFacts,
    new Uint8Array(bytes)
  );

function queueOf(...publications: Publication[]): PublicationQueue {
  const queue = new PublicationQueue();
  for (const each of publications) queue.add(each);
  return queue;
}

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

test('what was released comes again, first', () => {
  const queue = queueOf(publication('a', 'a1'), publication('a', 'a2'));
  const taken = queue.take({ ...LIMITS, publications: 1 });
  queue.add(publication('a', 'a3'));
  queue.release(taken[0]!.session);
  expect(ids(queue.take(LIMITS))).toBe('a1 a2 a3');
});

test('a large one goes alone, and is never left behind', () => {
  const queue = queueOf(publication('a', 'a1', 20_000), publication('a', 'a2'));
  expect(ids(queue.take(LIMITS))).toBe('a1');
});

test.each([0, 1])('one that must go alone (the one at %d) is in no batch', place => {
  const all = [publication('a', 'a1'), publication('a', 'a2')];
  all[place]!.isSingle = true;
  expect(ids(queueOf(...all).take(LIMITS))).toBe('a1');
});

test('a session is forgotten when nothing of it waits', () => {
  const one = publication('a', 'a1');
  const queue = queueOf(one);
  queue.take(LIMITS);
  queue.remove(one);
  queue.release(one.session);
  expect(queue.size).toBe(0);
  queue.add(one);
  expect(ids(queue.take(LIMITS))).toBe('a1');
});
