import type { SessionSettingsView } from '@wabus/contracts';
import { WabusError } from '@wabus/sdk';
import { changeOf, faultsByField, formOf, waitsForConnection, type SettingsChange, type SettingsForm } from './settings-form.policy.js';

const VIEW: SessionSettingsView = {
  session: 'sales',
  browser: { os: 'Wabus', name: 'Chrome', version: '1.0.0' },
  version: null,
  addressing: null,
  proxy: { url: 'socks5://proxy.example:1080', authenticated: true },
  webhook: null,
  webhookId: null,
  bulk: false,
  passkeyCode: 'auto',
  ignore: ['status', 'groups']
};

describe('a change of settings', () => {
  it.each<[string, Partial<SettingsForm>, SettingsChange]>([
    ['is empty for the stored settings', {}, {}],
    ['is empty for the same choice in another order', { ignore: ['groups', 'status'] }, {}],
    ['contains the list of ignored chats', { ignore: ['status'] }, { ignore: ['status'] }],
    ['clears a proxy', { proxy: ' ' }, { proxy: null }],
    ['contains a proxy without a login', { proxy: 'http://other:3128' }, { proxy: 'http://other:3128' }],
    ['contains an invalid proxy, which the edge refuses', { proxy: 'other', proxyPassword: 'x' }, { proxy: 'other' }],
    [
      'contains a new login, percent-encoded',
      { proxyUser: 'a@b', proxyPassword: 'c:/d' },
      { proxy: 'socks5://a%40b:c%3A%2Fd@proxy.example:1080' }
    ],
    [
      'prefers the login in its fields to the one in the URL',
      { proxy: 'http://x:y@other:1', proxyUser: 'a', proxyPassword: 'b' },
      { proxy: 'http://a:b@other:1' }
    ],
    ['contains a version without spaces', { version: ' 2.3000.1 ' }, { version: '2.3000.1' }],
    ['contains an addressing', { addressing: 'pn' }, { addressing: 'pn' }],
    ['contains the whole identity', { os: 'Shop' }, { browser: { os: 'Shop', name: 'Chrome', version: '1.0.0' } }],
    ['contains the rule for the code', { passkeyCode: 'always' }, { passkeyCode: 'always' }]
  ])('%s', (_, edited, change) => {
    expect(changeOf(VIEW, { ...formOf(VIEW), ...edited })).toEqual(change);
  });

  it("returns the addressing to the connector's setting", () => {
    const view: SessionSettingsView = { ...VIEW, addressing: 'lid' };
    expect(changeOf(view, { ...formOf(view), addressing: '' })).toEqual({ addressing: null });
  });

  it('clears a version', () => {
    const view = { ...VIEW, version: '2.3000.1', proxy: null };
    expect(changeOf(view, { ...formOf(view), version: '' })).toEqual({ version: null });
  });

  it.each<[boolean, SettingsChange]>([
    [true, { version: null }],
    [true, { addressing: null }],
    [true, { browser: VIEW.browser }],
    [false, { proxy: null, ignore: [], passkeyCode: 'auto' }]
  ])('waits for a connection: %s', (waits, change) => {
    expect(waitsForConnection(change)).toBe(waits);
  });
});

describe('validation errors from the edge', () => {
  const refused = (details: Record<string, unknown>) => new WabusError('INVALID_ARGUMENTS', { message: 'refused', details });

  it.each<[string, Record<string, unknown>, Record<string, string>]>([
    ['every reason', { fields: { proxy: ['one', 'two'], ignore: ['three'] } }, { proxy: 'one; two', ignore: 'three' }],
    ['a part of the identity', { fields: { 'browser.os': ['long'] } }, { os: 'long' }],
    ['the message if only a field is named', { field: 'proxy' }, { proxy: 'refused' }],
    ['nothing for fields that are not shown', { fields: { webhook: ['no'], constructor: ['no'] } }, {}],
    ['nothing without a field', {}, {}]
  ])('are assigned to their fields: %s', (_, details, faults) => {
    expect(faultsByField(refused(details))).toEqual(faults);
  });

  it('are none if the error names no field', () => {
    expect(faultsByField(null)).toEqual({});
  });
});
