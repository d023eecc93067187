import type { WebhookRecord } from '../webhooks/definition/webhook-record.policy.js';
import { planWebhooks, type WantedWebhook } from './peer-webhooks.policy.js';

const stored = (id: string, more: Partial<WebhookRecord> = {}): WebhookRecord =>
  ({ id, url: `https://${id}.example/`, headers: {}, ...more }) as WebhookRecord;
const wanted = (id: string, more: object = {}): WantedWebhook => ({ url: `https://${id}.example/`, ...more });
const plan = (before: string[], ids: string[]): { took: (string | null)[]; gone: string[] } => {
  const records = before.map(id => stored(id));
  const planned = planWebhooks(
    records,
    ids.map(id => wanted(id))
  );
  return { took: planned.wanted.map(one => one.before?.id ?? null), gone: planned.gone.map(({ id }) => id) };
};

describe('webhooks that a program sets', () => {
  it.each([
    ['the same again', ['a', 'b'], ['a', 'b'], ['a', 'b'], []],
    ['in another order', ['a', 'b'], ['b', 'a'], ['b', 'a'], []],
    ['one more', ['a'], ['a', 'b'], ['a', null], []],
    ['one fewer', ['a', 'b'], ['b'], ['b'], ['a']],
    ['another address', ['a', 'b'], ['c', 'b'], ['a', 'b'], []],
    ['one address twice', ['a', 'a'], ['a'], ['a'], ['a']],
    ['none', ['a'], [], [], ['a']]
  ])('%s', (_title, before, ids, took, gone) => {
    expect(plan(before, ids)).toEqual({ took, gone });
  });

  it('three stars stand for the stored secret', () => {
    const before = stored('a', { headers: { 'X-Auth': 'pass' }, formatOptions: { hmacKey: 'key' } });
    const back = wanted('a', { headers: { 'x-auth': '***', 'X-New': '1' }, formatOptions: { events: ['message'], hmacKey: '***' } });
    expect(planWebhooks([before], [back]).wanted[0]!.webhook).toMatchObject({
      headers: { 'x-auth': 'pass', 'X-New': '1' },
      formatOptions: { events: ['message'], hmacKey: 'key' }
    });
  });

  it.each([{ headers: { 'X-Other': '***' } }, { formatOptions: { hmacKey: '***' } }])(
    'three stars without a stored secret are refused',
    more => {
      expect(() => planWebhooks([stored('a')], [wanted('a', more)])).toThrow('stands for a stored one');
      expect(() => planWebhooks([], [wanted('a', more)])).toThrow('stands for a stored one');
    }
  );
});
