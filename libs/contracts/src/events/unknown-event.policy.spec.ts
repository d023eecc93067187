import { parseBody } from '../commands/command-arguments.policy.js';
import type { WabusError } from '../errors/wabus-error.js';
import { CreateWebhookRequest } from '../webhooks/webhook.request.js';
import { EVENT_NAMES, isEventName } from './event-catalog.js';
import { EVENTS_ELSEWHERE } from './porters-events.table.js';
import { eventsMeantBy, unknownEvents } from './unknown-event.policy.js';

test.each([
  ['message', 'messages.upsert'],
  ['message_create', 'messages.upsert'],
  ['message.any', 'messages.upsert'],
  ['onMessage', 'messages.upsert'],
  ['qr', 'auth.qr'],
  ['QRCODE_UPDATED', 'auth.qr'],
  ['qrcode.updated', 'auth.qr'],
  ['ready', 'session.status'],
  ['authenticated', 'session.status'],
  ['disconnected', 'session.status'],
  ['messages.set', 'messaging-history.set'],
  ['MESSAGES_UPSERT', 'messages.upsert'],
  ['GROUP_PARTICIPANTS_UPDATE', 'group-participants.update'],
  ['group.v2.participants', 'group-participants.update'],
  ['send.message', 'messages.upsert'],
  ['poll.vote', 'message.poll-vote'],
  ['Call', 'call'],
  ['chat.update', 'chats.update'],
  ['message.upsert', 'messages.upsert'],
  ['mesages.upsert', 'messages.upsert']
])('for %s suggests %s', (name, ours) => expect(eventsMeantBy(name)[0]).toBe(ours));

test.each(['', '__proto__', 'constructor', 'nope', 'mess*', 'nope.*', 'typebot.start', 'x'.repeat(10_000)])(
  'for %s suggests nothing',
  name => expect(eventsMeantBy(name)).toEqual([])
);

test('each foreign name is plain and maps to our events', () => {
  const ours = EVENT_NAMES.map(name => name.replaceAll(/[^a-z]/g, ''));
  for (const [name, events] of Object.entries(EVENTS_ELSEWHERE)) {
    expect(name).toMatch(/^[a-z0-9]+$/);
    expect(ours).not.toContain(name);
    expect(events.every(isEventName)).toBe(true);
  }
});

test('an error names what each unknown event may mean', () => {
  expect(unknownEvents(['message', 'nope', 'ready'], { field: 'events' })).toMatchObject({
    code: 'UNKNOWN_EVENT',
    message:
      'There is no event "message", "nope", "ready". For "message" there is messages.upsert. For "ready" there is session.status and connection.update.',
    details: { unknown: ['message', 'nope', 'ready'], field: 'events' }
  });
});

test('a webhook for an unknown event is refused with a proposal', () => {
  const create = (): unknown =>
    parseBody(CreateWebhookRequest, { url: 'https://a.example', events: ['call', 'message.any', 'QRCODE_UPDATED'] });
  let fields: unknown;
  try {
    create();
  } catch (error) {
    fields = (error as WabusError).details!['fields'];
  }
  const rule = 'each value in events must be the name of an event, a family such as "messages.*", or "*"';
  expect(fields).toEqual({
    events: [`${rule}. For "message.any" there is messages.upsert. For "QRCODE_UPDATED" there is auth.qr`]
  });
});
