import { createHmac } from 'node:crypto';
import { verifyWebhook, type WebhookRequest } from './webhook.signature.js';

const SECRET = `whsec_${Buffer.from('a secret of thirty-two characters').toString('base64')}`;
const NOW = 1_790_000_000_000;
const EVENT = { id: 'x', session: 'sales', event: 'call', cursor: 'c', at: '', epoch: 1, schemaVersion: 1, data: [] };

/** Signs as the edge does. */
function signed(body: string, { secret = SECRET, at = NOW / 1_000, id = 'msg_1' } = {}): Record<string, string> {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': `v1,${signature}`, 'webhook-attempt': '2' };
}
const body = JSON.stringify({ ...EVENT, data: [{ text: 'ä\u{1F600}' }] });
const verify = (request: Partial<WebhookRequest> = {}): ReturnType<typeof verifyWebhook> =>
  verifyWebhook({ secret: SECRET, headers: signed(body), body, now: NOW, ...request });

describe('a delivery of a webhook', () => {
  test.each<[string, Partial<WebhookRequest>]>([
    ['headers of Node.js', {}],
    ['headers of fetch', { headers: new Headers(signed(body)) }],
    [
      'headers in upper case and as lists',
      { headers: Object.fromEntries(Object.entries(signed(body)).map(([k, v]) => [k.toUpperCase(), [v]])) }
    ],
    ['bytes', { body: Buffer.from(body) }],
    ['an ArrayBuffer', { body: new TextEncoder().encode(body).buffer }],
    ['one of several secrets', { secret: [`whsec_${Buffer.from('another').toString('base64')}`, SECRET] }],
    [
      'one of several signatures',
      { headers: { ...signed(body), 'webhook-signature': `v1a,x v1,AAAA ${signed(body)['webhook-signature']}` } }
    ]
  ])('is accepted with %s', async (_with, request) => {
    const parsed: unknown = JSON.parse(body);
    expect(await verify(request)).toEqual({ id: 'msg_1', attempt: 2, events: [parsed], body: parsed });
  });

  test('has several events in bulk mode, and none in a test', async () => {
    const bulk = JSON.stringify({ events: [EVENT, { ...EVENT, id: 'y' }] });
    expect((await verify({ body: bulk, headers: signed(bulk) })).events.map(({ id }) => id)).toEqual(['x', 'y']);
    const trial = JSON.stringify({ event: 'webhook.test' });
    expect((await verify({ body: trial, headers: signed(trial) })).events).toEqual([]);
  });

  test.each<[string, Partial<WebhookRequest>, string]>([
    ['another body', { body: body.replace('sales', 'admin') }, 'mismatch'],
    ['another id', { headers: { ...signed(body), 'webhook-id': 'msg_2' } }, 'mismatch'],
    ['another secret', { secret: `whsec_${Buffer.from('another').toString('base64')}` }, 'mismatch'],
    ['an unknown kind of signature', { headers: { ...signed(body), 'webhook-signature': 'v2,AAAA' } }, 'mismatch'],
    ['a signature that is not base64', { headers: { ...signed(body), 'webhook-signature': 'v1,@@@' } }, 'mismatch'],
    ['a signature that is minutes old', { now: NOW + 301_000 }, 'too-old'],
    ['a signature from the future', { now: NOW - 301_000 }, 'too-old'],
    ['an invalid time', { headers: { ...signed(body), 'webhook-timestamp': 'soon' } }, 'too-old'],
    ['no signature', { headers: {} }, 'missing-header'],
    ['an invalid secret', { secret: 'hunter2' }, 'bad-secret'],
    ['a body that is not JSON', { body: '{', headers: signed('{') }, 'not-json']
  ])('is refused with %s', async (_with, request, reason) => {
    await expect(verify(request)).rejects.toMatchObject({ code: 'BAD_SIGNATURE', details: { reason } });
  });
});
