import { EVENT_NAMES, type Scope, type SessionId } from '@wabus/contracts';
import { bodyIn, visibilityOf, scopeToSee, maySee } from './visibility.policy.js';
import type { Principal } from './principal.js';

const sales = 'sales' as SessionId;
const holder = (...scopes: Scope[]): Principal => ({ id: 'p', sessions: [sales], scopes });

describe('visible events', () => {
  it('requires read for events, and control for linking ones', () => {
    const deaf = EVENT_NAMES.filter(event => !maySee(holder('read'), event, sales));
    expect(deaf).toEqual(['auth.qr', 'auth.pairing-code', 'auth.passkey']);
    expect(deaf.map(scopeToSee)).toEqual(['control', 'control', 'control']);
    expect(EVENT_NAMES.filter(event => !maySee(holder('read', 'control'), event, sales))).toEqual([]);
    expect(EVENT_NAMES.filter(event => maySee(holder('send', 'control'), event, sales))).toEqual([]);
    expect(EVENT_NAMES.filter(event => maySee(holder('admin'), event, 'support' as SessionId))).toEqual([]);
  });

  it('hides the QR code in connection.update from mere readers', () => {
    const form = visibilityOf(holder('read', 'send'), 'connection.update');
    expect(form).toBe('restricted');
    expect(visibilityOf(holder('read', 'control'), 'connection.update')).toBe('complete');
    expect(visibilityOf(holder('read'), 'messages.upsert')).toBe('complete');
    expect(bodyIn(form, 'connection.update', '{"qr":"2@secret","connection":"connecting"}')).toBe('{"connection":"connecting"}');
    expect(bodyIn('complete', 'connection.update', '{"qr":"2@secret"}')).toBe('{"qr":"2@secret"}');
  });

  it.each(['{"\\u0071r":"2@secret"}', '{ "qr" : "2@secret" }', '{"qr":"a","qr":"2@secret"}'])(
    'finds the field however it is written: %s',
    body => {
      expect(bodyIn('restricted', 'connection.update', body)).toBe('{}');
    }
  );

  it.each(['{"connection": "open"}', 'null', '17', '[]'])('leaves %s unchanged, byte for byte', body => {
    expect(bodyIn('restricted', 'connection.update', body)).toBe(body);
  });
});
