import { earliestNow, type EventEnvelope, type EventPage, Jids, parseBody, Text, Texts, Whole } from '@wabus/contracts';
import { requestSchema } from '@wabus/contracts/docs';
import { authorise } from '../../auth/authorise.policy.js';
import type { Principal } from '../../auth/principal.js';
import { visibleEvents } from '../../auth/visibility.policy.js';
import { checkSession } from '../../commands-out/command-request.policy.js';
import type { EventPager } from '../../events-in/event-pager.js';
import type { KnownPeople } from '../../read-models/reading/known-people.js';
import { LOOKS, sessionOf, withSession, type Tool, type ToolDefinition, type ToolInput } from './tool.js';

export const DEFAULT_EVENTS = 20;

/** The arguments of `read_events`, in addition to the session. */
export class ReadEventsRequest {
  @Texts(
    'Names such as `messages.upsert` or `connection.update`, or families such as `messages.*`. If missing, all events that you may receive.',
    {
      optional: true,
      max: 64
    }
  )
  events?: string[];

  @Jids('Only events about these chats.', { optional: true, max: 64 })
  chats?: string[];

  @Text('Where to start: a `cursor` from an earlier result, or an ISO time. If missing, one hour ago.', { optional: true, max: 256 })
  since?: string;

  @Whole(`The maximum number of events; ${DEFAULT_EVENTS} if missing.`, { optional: true, min: 1, max: 100 })
  limit?: number;
}

const HOUR_MS = 3_600_000;
/** The size limit of one response, apart from its last event: what fits into an assistant's context. */
const MAX_ANSWER_BYTES = 128 * 1024;

/** `read_events`: reads the events of a session from the event log, page by page. */
export class EventTool implements Tool {
  readonly name = 'read_events';
  readonly scope = 'read';

  constructor(
    private readonly pager: EventPager,
    private readonly people: KnownPeople
  ) {}

  define(principal: Principal): ToolDefinition {
    return {
      name: this.name,
      description:
        'Lists the events of a session, oldest first: received and sent messages, receipts, calls, changes to groups and the connection. Pass `cursor` as `since` to continue, now or later.',
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
      since = new Date(earliestNow() - HOUR_MS).toISOString(),
      limit = DEFAULT_EVENTS
    } = parseBody(ReadEventsRequest, own);
    const selection = {
      events: visibleEvents(principal, events),
      sessions: [session],
      chats: await this.people.widened(chats === undefined ? null : new Set(chats), [session])
    };
    const page = await this.pager.page({ selection, since, until: null, limit, maxBytes: MAX_ANSWER_BYTES }, principal);
    const { envelopes, ...rest } = page;
    return { events: envelopes.map(text => JSON.parse(text) as EventEnvelope), ...rest };
  }
}
