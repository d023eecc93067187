import type {
  CommandReply,
  EventEnvelope as WireEnvelope,
  EventName as WireEvent,
  SubscribeRequest as WireSubscribe
} from '@wabus/contracts';
import {
  COMMAND_CATALOG,
  ERROR_CODES as WIRE_ERRORS,
  EVENT_NAMES as WIRE_EVENTS,
  GATEWAY_NAMESPACE,
  WEBHOOK_HEADERS
} from '@wabus/contracts';
import type { EventEnvelope } from './events/event-envelope.js';
import { COMMANDS, type CommandReplies } from './generated/command.catalog.js';
import { ERROR_CODES } from './generated/error.catalog.js';
import { EVENT_NAMES, type EventName } from './generated/event.catalog.js';
import type { SubscribeRequest } from './generated/payload.catalog.js';

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
/** Compiles only if the two types are equal. */
const same = <A, B>(proof: Same<A, B>): boolean => proof;

test("the SDK has exactly the contracts' events and commands", () => {
  expect(EVENT_NAMES).toEqual(WIRE_EVENTS);
  expect(Object.keys(COMMANDS)).toEqual(Object.keys(COMMAND_CATALOG));
  expect(ERROR_CODES).toEqual(WIRE_ERRORS);
});

test('types without bytes and times equal those of the contracts', () => {
  expect(same<EventName, WireEvent>(true)).toBe(true);
  expect(same<keyof EventEnvelope, keyof WireEnvelope>(true)).toBe(true);
  expect(same<SubscribeRequest, WireSubscribe>(true)).toBe(true);
  expect(same<CommandReplies['getQr'], CommandReply<'getQr'>>(true)).toBe(true);
});

test('constants of the wire equal those of the contracts', () => {
  expect(GATEWAY_NAMESPACE).toBe('/api/events');
  expect(Object.values(WEBHOOK_HEADERS)).toEqual(
    expect.arrayContaining(['webhook-id', 'webhook-timestamp', 'webhook-signature', 'webhook-attempt'])
  );
});
