import { WabusError, type WebhookFormatName } from '@wabus/contracts';
import type { LoggedEvent } from '@wabus/broker';
import { WebhookReceiver } from '@wabus/testing';
import { NameResolver } from '../../egress/egress.js';
import { GuardedEgress } from '../../egress/guarded-egress.js';
import { newWebhook, type WebhookRecord } from '../definition/webhook-record.policy.js';
import { WebhookFormats, type WebhookFormat } from '../formats/webhook-formats.registry.js';
import { WebhookLimits, type WebhookSettings } from '../webhook-limits.js';
import { deliveryId, deliveryIdOf, DeliverySender } from './delivery.sender.js';

const EVENT = { facts: { id: 'e1', session: 'sales', event: 'call' }, sequence: 1, body: '{}' } as unknown as LoggedEvent;

/** A format that sends each letter of a word in a request of its own. */
const spelt = (word: string, more: Partial<WebhookFormat> = {}): WebhookFormat => ({
  faultOf: ({ bulk }) => (bulk ? 'has no bulk mode' : null),
  requestsOf: () => [...word].map(body => ({ body })),
  testOf: ({ url }) => ({ get: `${url}?challenge=42`, answer: '42' }),
  ...more
});

class NoNames extends NameResolver {
  resolve(): Promise<string[]> {
    return Promise.reject(new Error('not found'));
  }
}

describe('the sender of deliveries', () => {
  let receiver: WebhookReceiver;
  let egress: GuardedEgress;
  const formats = new WebhookFormats();
  beforeAll(async () => {
    receiver = await WebhookReceiver.listen();
    egress = new GuardedEgress({ allow: ['127.0.0.1'] }, new NoNames());
  });
  afterAll(async () => {
    await egress.close();
    await receiver.close();
  });
  beforeEach(() => {
    receiver.forget();
    receiver.answerWith(() => 200);
  });

  const sender = (): DeliverySender =>
    new DeliverySender(egress, formats, new WebhookLimits({ timeoutMs: 3_000 } as Partial<WebhookSettings> as WebhookSettings));
  const webhook = (format: WebhookFormatName, bulk = false): WebhookRecord => {
    const by = { id: 't', name: 't' } as unknown as Parameters<typeof newWebhook>[2]['by'];
    const request = { url: receiver.url, events: ['call'], format, ...(bulk ? { bulk: { maxEvents: 2, maxWaitMs: 0 } } : {}) };
    return newWebhook(request, null, { now: new Date(), by, start: '' });
  };
  const bodies = (): string[] => receiver.deliveries.map(({ body }) => body);

  it('sends the requests in sequence, each with its own id', async () => {
    formats.add('cloud-api', spelt('abc', { headersOf: (_, { body }) => ({ 'x-letter': body }) }));
    const hook = webhook('cloud-api');
    const result = await sender().send(hook, [EVENT], { attempt: 1 });
    expect(result).toMatchObject({ verdict: { kind: 'delivered' }, status: 200 });
    expect(bodies()).toEqual(['a', 'b', 'c']);
    expect(receiver.deliveries.map(({ headers }) => headers['x-letter'])).toEqual(['a', 'b', 'c']);
    expect(new Set(receiver.deliveries.map(({ headers }) => headers['webhook-id'])).size).toBe(3);
    // The delivery has a single id, by which it is looked up and repeated.
    expect(result.deliveryId).toBe(deliveryId(hook.id, [EVENT.facts]));
    expect(receiver.deliveries.map(({ headers }) => deliveryIdOf(headers['webhook-id'] as string))).toEqual(
      Array(3).fill(result.deliveryId)
    );
  });

  it('stops at a request that fails, but not at a refused one', async () => {
    formats.add('cloud-api', spelt('abc'));
    receiver.answerWith(({ body }) => (body === 'a' ? 400 : 200));
    expect(await sender().send(webhook('cloud-api'), [EVENT], { attempt: 1 })).toMatchObject({ verdict: { kind: 'dead' }, status: 400 });
    expect(bodies()).toEqual(['a', 'b', 'c']);
    receiver.forget();
    receiver.answerWith(({ body }) => (body === 'b' ? 500 : 200));
    expect(await sender().send(webhook('cloud-api'), [EVENT], { attempt: 2 })).toMatchObject({
      verdict: { kind: 'retry' },
      status: 500,
      deliveryId: expect.not.stringContaining('.') as unknown
    });
    expect(bodies()).toEqual(['a', 'b']);
  });

  it('sends nothing that the format cannot express or build', async () => {
    formats.add('cloud-api', spelt(''));
    const nothing = await sender().send(webhook('cloud-api'), [EVENT], { attempt: 1 });
    expect(nothing).toMatchObject({ verdict: { kind: 'delivered' }, request: null });
    formats.add('cloud-api', spelt('', { requestsOf: () => Promise.reject(new WabusError('BROKER_UNAVAILABLE')) }));
    const failed = await sender().send(webhook('cloud-api'), [EVENT], { attempt: 1 });
    expect(failed).toMatchObject({ verdict: { kind: 'retry' }, request: null, status: null });
    expect(receiver.deliveries).toHaveLength(0);
  });

  it('requires an endpoint to answer its challenge', async () => {
    formats.add('cloud-api', spelt('a'));
    const event = { id: 'msg_test_1', session: 'sales', event: 'webhook.test', data: {} };
    const asked = (): Promise<unknown> => sender().test(webhook('cloud-api'), event);
    receiver.answerWith(({ path }) => ({ status: 200, body: path.split('=')[1]! }));
    expect(await asked()).toMatchObject({ verdict: { kind: 'delivered' }, status: 200, error: null });
    receiver.answerWith(() => ({ status: 200, body: '<html>' }));
    expect(await asked()).toMatchObject({
      verdict: { kind: 'retry' },
      status: 200,
      error: expect.stringContaining('challenge') as unknown
    });
    receiver.answerWith(() => 401);
    expect(await asked()).toMatchObject({ verdict: { kind: 'retry' }, status: 401 });
  });

  it('refuses a format that is disabled or unsuitable', () => {
    const off = new WebhookFormats();
    const inBulk = webhook('cloud-api', true);
    expect(() => off.check(inBulk)).toThrow(/not enabled/);
    expect(() => off.check(inBulk, inBulk)).not.toThrow();
    off.add('cloud-api', spelt('a'));
    expect(() => off.check(inBulk)).toThrow(/has no bulk mode/);
  });
});
