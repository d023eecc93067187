import type { EventName, SessionId } from '@wabus/contracts';
import type { Visibility } from '../auth/visibility.policy.js';
import { AudienceIndex } from './room-delivery.js';
import {
  keyOf,
  NOTHING,
  subscribed,
  summaryOf,
  unsubscribed,
  type Shape,
  type Subject,
  type Subscription,
  type Term
} from './subscription.state.js';

const term = (events: EventName[], sessions?: string[], chats?: string[]): Term => ({
  events: new Set(events),
  sessions: sessions === undefined ? '*' : new Set(sessions as SessionId[]),
  chats: chats === undefined ? null : new Set(chats)
});
const subject = (session: string, event: EventName, ...chats: string[]): Subject => ({
  session: session as SessionId,
  event,
  chats: () => chats
});
const received = (index: AudienceIndex, what: Subject): [string, Shape][] => {
  const found: [string, Shape][] = [];
  index.matching(what, ({ room }, { shape }) => found.push([room, shape]));
  return found;
};
const formsOf = (each: Term, shape: Shape, visibility: Visibility = 'complete') =>
  new Map([...each.events].map(event => [event, { shape, visibility }] as const));
const of = (...parts: [Term, Shape, Visibility?][]): Subscription =>
  parts.reduce((all, [each, shape, visibility]) => subscribed(all, each, formsOf(each, shape, visibility)), NOTHING);

describe('the audiences of events', () => {
  it('are shared by equal subscriptions, in any order of creation', () => {
    const index = new AudienceIndex();
    const one = index.enter(of([term(['call'], ['a', 'b']), 'plain'], [term(['chats.lock'], ['b', 'a']), 'plain']));
    const other = index.enter(of([term(['chats.lock', 'call'], ['b', 'a']), 'plain']));
    expect(other.room).toBe(one.room);
    expect(index.enter(of([term(['chats.lock', 'call'], ['b', 'a']), 'envelope'])).room).not.toBe(one.room);
    expect(index.size).toBe(2);
  });

  it('are distinct if they may receive different events', () => {
    const index = new AudienceIndex();
    const one = index.enter(of([term(['connection.update']), 'plain']));
    expect(index.enter(of([term(['connection.update']), 'plain', 'restricted'])).room).not.toBe(one.room);
  });

  it('receive an event once, in the form requested for its name', () => {
    const index = new AudienceIndex();
    const { room } = index.enter(of([term(['call', 'chats.lock']), 'plain'], [term(['call'], ['a']), 'batch']));
    expect(received(index, subject('a', 'call'))).toEqual([[room, 'batch']]);
    expect(received(index, subject('z', 'call'))).toEqual([[room, 'batch']]);
    expect(received(index, subject('a', 'chats.lock'))).toEqual([[room, 'plain']]);
    expect(received(index, subject('a', 'chats.update'))).toEqual([]);
  });

  it('that list chats are distinct, and receive only these', () => {
    const index = new AudienceIndex();
    const one = index.enter(of([term(['call'], ['a'], ['1@lid']), 'plain']));
    const two = index.enter(of([term(['call'], ['a'], ['2@lid']), 'plain']));
    expect(received(index, subject('a', 'call', '2@lid', '3@lid'))).toEqual([[two.room, 'plain']]);
    expect(received(index, subject('a', 'call', '1@lid', '2@lid')).map(([room]) => room)).toEqual([one.room, two.room]);
    expect(received(index, subject('a', 'call'))).toEqual([]);
  });

  it('are removed when the last member leaves', () => {
    const index = new AudienceIndex();
    const subscription = of([term(['call'], ['a']), 'plain']);
    const audience = index.enter(subscription);
    index.enter(subscription);
    expect(index.leave(audience)).toBe(false);
    expect(received(index, subject('a', 'call'))).toHaveLength(1);
    expect(index.leave(audience)).toBe(true);
    expect(received(index, subject('a', 'call'))).toEqual([]);
    expect(index.leave(audience)).toBe(false);
    expect(index.size).toBe(0);
  });
});

describe('a subscription', () => {
  it('keeps the terms that are not removed', () => {
    const both = of([term(['call', 'chats.lock']), 'plain'], [term(['call'], ['a']), 'plain']);
    expect(summaryOf(unsubscribed(both, ['call']).terms)).toEqual({ granted: ['chats.lock'], sessions: '*' });
    expect(unsubscribed(both, null)).toEqual(NOTHING);
    expect(summaryOf([])).toEqual({ granted: [], sessions: [] });
    expect(summaryOf(of([term(['call'], ['a', 'b']), 'plain'], [term(['call'], ['b', 'c']), 'plain']).terms).sessions).toEqual([
      'a',
      'b',
      'c'
    ]);
  });

  it('is not confused by names that look like separators', () => {
    const one = of([term(['call'], ['a'], ['x","y']), 'plain']);
    const two = of([term(['call'], ['a'], ['x', 'y']), 'plain']);
    expect(keyOf(one)).not.toBe(keyOf(two));
  });
});
