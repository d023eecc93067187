import { EVENT_NAMES, type SessionId, type WabusError } from '@wabus/contracts';
import type { Principal } from '../auth/principal.js';
import { parseSubscribe, parseUnsubscribe, type SubscribeIntent } from './subscription.policy.js';

const everything: Principal = { id: 'p', sessions: '*', scopes: ['admin'] };
const sales = 'sales' as SessionId;
const salesOnly: Principal = { id: 'q', sessions: [sales], scopes: ['read'] };

const failure = (message: unknown, principal = everything): WabusError => {
  try {
    parseSubscribe(message, principal);
  } catch (error) {
    return error as WabusError;
  }
  throw new Error('was accepted');
};
const eventsOf = ({ term }: SubscribeIntent): string[] => [...term.events];
const sessionsOf = ({ term }: SubscribeIntent): string[] | '*' => (term.sessions === '*' ? '*' : [...term.sessions]);
const refusedIn = ({ refused }: SubscribeIntent): string[] => refused.map(({ name, error }) => `${name}: ${error.code}`);

describe('a subscribe message', () => {
  it('has a plain and an object form, and counts a name once', () => {
    const plain = parseSubscribe(['messages.upsert', 'call', 'call'], everything);
    expect(eventsOf(plain)).toEqual(['messages.upsert', 'call']);
    expect(plain).toMatchObject({ since: null, refused: [], term: { sessions: '*', chats: null } });
    const object = parseSubscribe({ events: ['call'], sessions: ['a', 'b', 'a'], chats: ['1@lid'], since: 'x' }, everything);
    expect(sessionsOf(object)).toEqual(['a', 'b']);
    expect(object).toMatchObject({ since: 'x', term: { chats: new Set(['1@lid']) } });
  });

  it('accepts wildcards for all events and for families', () => {
    expect(eventsOf(parseSubscribe(['*'], everything))).toEqual(EVENT_NAMES);
    const family = parseSubscribe(['messages.*', 'messages.upsert', 'nope.*'], everything);
    expect(eventsOf(family)).toEqual(EVENT_NAMES.filter(name => name.startsWith('messages.')));
    expect(refusedIn(family)).toEqual(['nope.*: UNKNOWN_EVENT']);
  });

  it.each([
    [{}, 'plain'],
    [{ envelope: false }, 'plain'],
    [{ batch: false }, 'plain'],
    [{ envelope: true }, 'envelope'],
    [{ envelope: true, batch: false }, 'envelope'],
    [{ batch: true }, 'batch'],
    [{ batch: true, envelope: true }, 'batch']
  ])('%j has the form %s', (fields, form) => {
    expect([...parseSubscribe({ events: ['call'], ...fields }, everything).forms]).toEqual([
      ['call', { shape: form, visibility: 'complete' }]
    ]);
  });

  it('gives a restricted token its sessions and names the others', () => {
    expect(sessionsOf(parseSubscribe(['call'], salesOnly))).toEqual(['sales']);
    const mixed = parseSubscribe({ events: ['call', 'nope'], sessions: ['sales', 'support'] }, salesOnly);
    expect(sessionsOf(mixed)).toEqual(['sales']);
    expect(refusedIn(mixed)).toEqual(['nope: UNKNOWN_EVENT', 'support: FORBIDDEN']);
    expect(failure({ events: ['call'], sessions: ['support'] }, salesOnly).code).toBe('FORBIDDEN');
  });

  it('gives a token without the scope read nothing', () => {
    const sender: Principal = { id: 's', sessions: '*', scopes: ['send'] };
    expect(failure(['call'], sender).code).toBe('FORBIDDEN');
    expect(failure({ events: ['call'], sessions: ['sales'] }, sender).code).toBe('FORBIDDEN');
  });

  it('fails if no event is known, and names the unknown ones', () => {
    const error = failure(['message.upsert', '__proto__', 'mess*']);
    expect(error.code).toBe('UNKNOWN_EVENT');
    expect(error.details).toEqual({ unknown: ['message.upsert', '__proto__', 'mess*'] });
  });

  it('keeps answers small when the names are many and long', () => {
    const names = Array.from({ length: 255 }, (_, i) => `${i}${'x'.repeat(10_000)}`);
    expect(JSON.stringify(failure(names).toBody()).length).toBeLessThan(10_000);
    expect(JSON.stringify(parseSubscribe(['call', ...names], everything).refused).length).toBeLessThan(110_000);
  });

  it.each([
    undefined,
    null,
    'messages.upsert',
    1,
    true,
    [],
    [['call']],
    [1],
    [null],
    Array.from({ length: 257 }, () => 'call'),
    {},
    { events: 'call' },
    { events: [] },
    { events: { 0: 'call', length: 1 } },
    { events: ['call'], sessions: [] },
    { events: ['call'], sessions: null },
    { events: ['call'], sessions: 'sales' },
    { events: ['call'], sessions: ['*'] },
    { events: ['call'], sessions: ['a/b'] },
    { events: ['call'], sessions: ['a', '../b'] },
    { events: ['call'], chats: [] },
    { events: ['call'], chats: [5] },
    { events: ['call'], chats: ['Anna'] },
    { events: ['call'], chats: '1@lid' },
    { events: ['call'], chats: ['x'.repeat(300)] },
    { events: ['call'], since: '' },
    { events: ['call'], since: null },
    { events: ['call'], since: 0 },
    { events: ['call'], since: ['cursor'] },
    { events: ['call'], since: 'x'.repeat(257) },
    { events: ['call'], envelope: 'yes' },
    { events: ['call'], envelope: null },
    { events: ['call'], batch: 1 },
    { events: ['call'], batch: true, envelope: false },
    { events: ['call'], after: 'cursor' },
    JSON.parse('{"events": ["call"], "__proto__": {"since": "x"}}'),
    JSON.parse('{"events": ["call"], "constructor": {"prototype": {}}}'),
    Object.assign(Object.create({ events: ['call'] }) as object, {}),
    Buffer.from('["call"]'),
    Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`field${i}`, 1]))
  ])('is refused if malformed: %#', message => {
    const error = failure(message);
    expect(error.code).toBe('INVALID_REQUEST');
    expect(JSON.stringify(error.toBody()).length).toBeLessThan(4_000);
  });
});

describe('an unsubscribe message', () => {
  it('means all events if it names none', () => {
    expect(parseUnsubscribe(undefined)).toEqual({ events: null, refused: [] });
    expect(parseUnsubscribe(null).events).toBeNull();
    expect(parseUnsubscribe(['call']).events).toEqual(['call']);
    expect(parseUnsubscribe(['call', 'nope'])).toMatchObject({ events: ['call'], refused: [{ name: 'nope' }] });
  });

  it.each([[[]], ['call'], [{}], [['nope']]])('is refused if it is %j', message => {
    expect(() => parseUnsubscribe(message)).toThrow();
  });
});
