import { EVENT_NAMES, type SessionId, type WabusError } from '@wabus/contracts';
import type { Principal } from '../auth/principal.js';
import { heardIn, parseRoom, roomOf } from './room.codec.js';
import { eventsToLeave, roomsToJoin } from './subscription.policy.js';

const everything: Principal = { id: 'p', sessions: '*', scopes: ['admin'] };
const sales = 'sales' as SessionId;
const salesOnly: Principal = { id: 'q', sessions: [sales], scopes: ['read'] };

const failure = (message: unknown, principal = everything): WabusError => {
  try {
    roomsToJoin(message, principal);
  } catch (error) {
    return error as WabusError;
  }
  throw new Error('was accepted');
};

describe('roomsToJoin', () => {
  it('takes the plain and the object form, and counts a name once', () => {
    expect(roomsToJoin(['messages.upsert', 'call', 'call'], everything)).toEqual(['*/messages.upsert', '*/call']);
    expect(roomsToJoin({ events: ['call'], sessions: ['a', 'b', 'a'] }, everything)).toEqual(['a/call', 'b/call']);
    expect(roomsToJoin([...EVENT_NAMES], everything)).toHaveLength(EVENT_NAMES.length);
  });

  it('gives a restricted token its sessions only', () => {
    expect(roomsToJoin(['call'], salesOnly)).toEqual(['sales/call']);
    expect(roomsToJoin({ events: ['call'], sessions: ['sales'] }, salesOnly)).toEqual(['sales/call']);
    expect(failure({ events: ['call'], sessions: ['sales', 'support'] }, salesOnly).code).toBe('FORBIDDEN');
  });

  it('gives a token without the scope read nothing', () => {
    const sender: Principal = { id: 's', sessions: '*', scopes: ['send'] };
    expect(failure(['call'], sender).code).toBe('FORBIDDEN');
    expect(failure({ events: ['call'], sessions: ['sales'] }, sender).code).toBe('FORBIDDEN');
  });

  it('names the unknown events', () => {
    const error = failure(['messages.upsert', 'message.upsert', '__proto__', '*']);
    expect(error.code).toBe('UNKNOWN_EVENT');
    expect(error.details).toEqual({ unknown: ['message.upsert', '__proto__', '*'] });
  });

  it('keeps the error small when the names are many and long', () => {
    const error = failure(Array.from({ length: 256 }, () => 'x'.repeat(10_000)));
    expect(JSON.stringify(error.toBody()).length).toBeLessThan(10_000);
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
    { events: ['call'], sessions: [] },
    { events: ['call'], sessions: null },
    { events: ['call'], sessions: 'sales' },
    { events: ['call'], sessions: ['*'] },
    { events: ['call'], sessions: ['a/b'] },
    { events: ['call'], since: 'cursor' },
    Buffer.from('["call"]'),
    Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`field${i}`, 1]))
  ])('refuses malformed message %#', message => {
    const error = failure(message);
    expect(error.code).toBe('INVALID_REQUEST');
    expect(JSON.stringify(error.toBody()).length).toBeLessThan(4_000);
  });
});

describe('eventsToLeave', () => {
  it('means all when nothing is named', () => {
    expect(eventsToLeave(undefined)).toBeNull();
    expect(eventsToLeave(null)).toBeNull();
    expect(eventsToLeave(['call'])).toEqual(['call']);
  });

  it.each([[[]], ['call'], [{}], [['nope']]])('refuses %j', message => {
    expect(() => eventsToLeave(message)).toThrow();
  });
});

describe('rooms', () => {
  it('are told apart for every event, and from the rooms of Socket.IO', () => {
    for (const event of EVENT_NAMES) expect(parseRoom(roomOf('*', event))).toEqual({ session: '*', event });
    expect(parseRoom('Nd3kfls93kfAAAB')).toBeNull();
  });

  it('tell what is heard, in the order it was asked for', () => {
    expect(heardIn(['id', 'a/call', 'b/call', 'a/messages.upsert'])).toEqual({
      granted: ['call', 'messages.upsert'],
      sessions: ['a', 'b']
    });
    expect(heardIn(['a/call', '*/call'])).toEqual({ granted: ['call'], sessions: '*' });
    expect(heardIn([])).toEqual({ granted: [], sessions: [] });
  });
});
