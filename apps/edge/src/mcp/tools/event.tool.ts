import { parseBody, type EventEnvelope, type EventPage } from '@wabus/contracts';
import { requestSchema } from '@wabus/contracts/docs';
import { authorise } from '../../auth/authorise.policy.js';
import { audibleEvents } from '../../auth/hearing.policy.js';
import type { Principal } from '../../auth/principal.js';
import { checkSession } from '../../commands-out/command-request.policy.js';
import type { EventPager } from '../../events-in/event.pager.js';
import { DEFAULT_EVENTS, ReadEventsRequest } from './event.requests.js';
import { sessionOf, withSession } from './session-argument.policy.js';
import { LOOKS } from './tool-annotations.policy.js';
import type { Tool, ToolDefinition, ToolInput } from './tool.js';

const HOUR_MS = 3_600_000;
/** Of one answer, apart from its last event: what an assistant can keep in mind. */
const MAX_ANSWER_BYTES = 128 * 1024;

/** `read_events`: what happened in a session, from the event log, page by page. */
export class EventTool implements Tool {
  readonly name = 'read_events';
  readonly scope = 'read';

  constructor(private readonly pager: EventPager) {}

  define(principal: Principal): ToolDefinition {
    return {
      name: this.name,
      description:
        'What happened in a session, oldest first: messages that came or were sent, receipts, calls, changes of groups and of the connection. Hand `cursor` back as `since` to read on, also later.',
      inputSchema: withSession(principal, requestSchema(ReadEventsRequest)),
      annotations: { ...LOOKS, openWorldHint: true }
    };
  }

  async call(principal: Principal, input: ToolInput): Promise<EventPage> {
    const { session: _named, ...own } = input;
    const session = checkSession(sessionOf(principal, input));
    authorise(principal, 'read', session);
    const {
      events,
      chats,
      since = new Date(Date.now() - HOUR_MS).toISOString(),
      limit = DEFAULT_EVENTS
    } = parseBody(ReadEventsRequest, own);
    const selection = {
      events: audibleEvents(principal, events),
      sessions: [session],
      chats: chats === undefined ? null : new Set(chats)
    };
    const page = await this.pager.page({ selection, since, until: null, limit, maxBytes: MAX_ANSWER_BYTES }, principal);
    const { envelopes, ...rest } = page;
    return { events: envelopes.map(text => JSON.parse(text) as EventEnvelope), ...rest };
  }
}
