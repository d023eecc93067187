import type { EventBatch, EventConsumer, LoggedEvent } from '@wabus/broker';
import type { SessionId } from '@wabus/contracts';
import { newWebhook } from '../definition/webhook-record.policy.js';
import { WebhookSource } from './webhook.source.js';

const { jest } = import.meta;

const LIMITS = { maxEvents: 10, maxBytes: 100, waitMs: 0 };
const CHAT = '4915100000001@s.whatsapp.net';
const LID = '100000001@lid';

function event(sequence: number, chat: string): LoggedEvent {
  const facts = {
    id: `e${sequence}`,
    session: 's' as SessionId,
    event: 'call' as const,
    epoch: 1,
    at: '',
    schemaVersion: 1,
    chats: [chat]
  };
  return { facts, body: '{}', sequence, cursor: '' };
}

/** A log that returns each batch once, and aliases that are readable according to `answers`. */
function sourceOf(batches: EventBatch[], answers: boolean[]): WebhookSource {
  const request = { url: 'https://example.org', events: ['call'], chats: [CHAT] };
  const by = { id: 't', name: 't' } as unknown as Parameters<typeof newWebhook>[2]['by'];
  const webhook = newWebhook(request, null, { now: new Date(), by, start: '' });
  const next = (): Promise<EventBatch> => Promise.resolve(batches.shift() ?? { events: [], upTo: 0 });
  const consumer = { next, pending: 0, close: () => undefined } as unknown as EventConsumer;
  const consumers = { open: () => consumer, read: next };
  const widened = (): Promise<ReadonlySet<string>> =>
    answers.shift() === true ? Promise.resolve(new Set([CHAT, LID])) : Promise.reject(new Error('not connected'));
  return new WebhookSource(webhook, consumers, { widened });
}

describe('the source of a webhook', () => {
  afterEach(() => jest.useRealTimers());

  it('keeps the events it read when the aliases are unreadable', async () => {
    const reader = sourceOf([{ events: [event(1, LID), event(2, 'x@g.us')], upTo: 2 }], [false, true]).open(0);
    await expect(reader.next(LIMITS)).rejects.toThrow('not connected');
    expect(await reader.next(LIMITS)).toMatchObject({ events: [{ sequence: 1 }], upTo: 2 });
    expect(await reader.next(LIMITS)).toEqual({ events: [], upTo: 0 });
  });

  it('uses the aliases it has while they are unreadable', async () => {
    jest.useFakeTimers({ now: 0 });
    const source = sourceOf([], [true, false]);
    expect(await source.wanted([event(1, LID)])).toHaveLength(1);
    jest.advanceTimersByTime(60_000);
    expect(await source.wanted([event(2, LID)])).toHaveLength(1);
  });
});
