import type { SessionId } from '@wabus/contracts';
import type { Principal } from '../auth/principal.js';
import { differences, filtersOf, isPermitted, newTerms, parseSubscriptionRequest } from './subscription-terms.policy.js';

const ALL: Principal = { id: 'all', sessions: '*', scopes: ['read', 'send', 'control', 'admin'] };
const sessionId = (text: string): SessionId => text as SessionId;
const SALES: Principal = { id: 'sales', sessions: [sessionId('sales')], scopes: ['read'] };
const subscribe = (request: object): ReturnType<typeof parseSubscriptionRequest> => parseSubscriptionRequest({ durable: 'w', ...request });

describe('the terms of a durable subscription', () => {
  it('are those of the request, without repeats, plus defaults', () => {
    const terms = newTerms(subscribe({ events: ['messages.*', 'call', 'messages.upsert', 'call'], sessions: ['b', 'a', 'b'] }), ALL);
    expect(terms).toEqual({ events: ['call', 'messages.*'], sessions: ['a', 'b'], ackWaitMs: 30_000, maxInFlight: 16, maxDeliveries: 5 });
    expect(filtersOf(terms)).toEqual(['wa.evt.a.call', 'wa.evt.a.messages.>', 'wa.evt.b.call', 'wa.evt.b.messages.>']);
    expect(filtersOf({ ...terms, events: ['*'], sessions: '*' })).toEqual(['wa.evt.*.>']);
    expect(newTerms(subscribe({ events: ['*', 'call'] }), ALL)).toMatchObject({ events: ['*'], sessions: '*' });
  });

  it('default to the sessions of the token', () => {
    expect(newTerms(subscribe({ events: ['call'] }), SALES).sessions).toEqual(['sales']);
  });

  it('differ only in the fields that a request names', () => {
    const record = newTerms(subscribe({ events: ['call'], maxInFlight: 2 }), ALL);
    expect(differences(subscribe({}), record)).toEqual([]);
    expect(differences(subscribe({ events: ['call', 'call'], ackWaitMs: 30_000 }), record)).toEqual([]);
    expect(differences(subscribe({ events: ['*'], sessions: ['a'], maxInFlight: 1 }), record)).toEqual([
      'events',
      'sessions',
      'maxInFlight'
    ]);
  });

  it('permit tokens that cover every session and event', () => {
    const over = (sessions: '*' | string[], events: string[] = ['call']): { sessions: '*' | string[]; events: string[] } => ({
      sessions,
      events
    });
    expect(isPermitted(SALES, over(['sales']))).toBe(true);
    expect(isPermitted(SALES, over(['sales', 'support']))).toBe(false);
    expect(isPermitted(SALES, over('*'))).toBe(false);
    expect(isPermitted(SALES, over(['sales'], ['auth.*']))).toBe(false);
    expect(isPermitted({ ...SALES, scopes: ['send'] }, over(['sales']))).toBe(false);
    expect(isPermitted(ALL, over('*', ['*']))).toBe(true);
  });

  it('are refused above the filter limit', () => {
    const sessions = Array.from({ length: 200 }, (_, i) => `s${i}`);
    const many = newTerms(subscribe({ events: ['call', 'chats.lock', 'groups.*'], sessions }), ALL);
    expect(() => filtersOf(many)).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST', details: { field: 'events' } }) as Error);
    expect(filtersOf({ ...many, events: ['call', 'groups.*'] })).toHaveLength(400);
  });
});
