import type { SessionStatus } from '../generated/payload.catalog.js';
import { connectionAfter, ConnectionModel, type ConnectionNews } from './connection-model.js';

const askedForPasskey: ConnectionNews = {
  kind: 'status',
  status: { session: 's', state: 'pairing', account: null, passkey: { stage: 'assertion' } } as SessionStatus
};
const status = (state: SessionStatus['state'], account: SessionStatus['account'] = null): ConnectionNews => ({
  kind: 'status',
  status: { session: 's', state, account } as SessionStatus
});
const linked = { id: '1@s.whatsapp.net', lid: null, name: 'Ann', platform: null };
const after = (...news: ConnectionNews[]): ConnectionModel => news.reduce(connectionAfter, new ConnectionModel({ identifier: 's' }));

describe('the connection of a session', () => {
  test('has the newest QR code of either event', () => {
    expect(after(status('pairing'), { kind: 'qr', qr: 'one' }).qr).toBe('one');
    expect(after({ kind: 'qr', qr: 'one' }, { kind: 'update', update: { qr: 'two' } }).qr).toBe('two');
    expect(after({ kind: 'qr', qr: 'one' }, status('pairing'), { kind: 'update', update: { isOnline: false } }).qr).toBe('one');
  });

  test.each<[string, ConnectionNews]>([
    ['an account is linked', { kind: 'update', update: { isNewLogin: true } }],
    ['the connection is open', { kind: 'update', update: { connection: 'open' } }],
    ['the session has an account', status('connecting', linked)],
    ['all QR codes have expired', status('logged-out')],
    ['the session was stopped', status('stopped')],
    ['a passkey is requested', askedForPasskey]
  ])('has no code after this: %s', (_when, news) => {
    const model = after(status('pairing'), { kind: 'qr', qr: 'one' }, { kind: 'pairing-code', code: 'ABCD2345' }, news);
    expect([model.qr, model.pairingCode]).toEqual([undefined, undefined]);
  });

  test('has the state of Baileys, even if only a status is known', () => {
    expect(after(status('open', linked))).toMatchObject({ identifier: 's', connection: 'open', state: 'open', account: linked });
    expect(after(status('waiting')).connection).toBe('close');
    expect(after(status('open'), status('starting')).connection).toBe('open');
  });

  test('is a new object after each change', () => {
    const before = after(status('pairing'));
    expect(connectionAfter(before, { kind: 'qr', qr: 'x' })).toBeInstanceOf(ConnectionModel);
    expect(before.qr).toBeUndefined();
  });
});
