import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { callEdge, EdgeError } from '../shared/edge.client.js';
import { INTEREST_PROPERTIES } from '../shared/interest.description.js';
import { interestOf, itemsOf, type Interest } from '../shared/interest.policy.js';
import { sessionOptions } from '../shared/sessions.options.js';
import type { Envelope } from '../shared/simplified-event.policy.js';

interface EventPage {
  readonly events: Envelope[];
  readonly cursor: string;
  readonly more: boolean;
  readonly truncated?: { readonly firstAt: string | null };
}

/** The maximum number of events in one poll. The next poll returns the rest. */
const MOST_EVENTS = 1_000;
const PAGE = 200;
/** How far back a manual run looks for an example. */
const EXAMPLE_AGE_MS = 86_400_000;

/** Starts a workflow with the events since the last poll. n8n needs no public address. After a pause, all events arrive that the log still has. */
export class WabusPollingTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Wabus Polling Trigger',
    name: 'wabusPollingTrigger',
    icon: { light: 'file:../../icons/wabus.svg', dark: 'file:../../icons/wabus.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: '={{$parameter["events"].join(", ")}}',
    description: 'Starts the workflow with what happened in a WhatsApp account since the last poll. Needs no public address.',
    defaults: { name: 'Wabus Polling Trigger' },
    polling: true,
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'wabusApi', required: true }],
    properties: INTEREST_PROPERTIES
  };

  methods = { loadOptions: { getSessions: sessionOptions } };

  async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
    const interest = interestOf((name, fallback) => this.getNodeParameter(name, fallback));
    const kept: { cursor?: string } = this.getWorkflowStaticData('node');
    if (this.getMode() === 'manual') return example(this, interest);
    if (kept.cursor === undefined) {
      // The first poll of an active workflow starts with new events.
      kept.cursor = (await page(this, interest, new Date().toISOString(), 1)).cursor;
      return null;
    }
    const events: Envelope[] = [];
    let cursor = await known(this, interest, kept.cursor);
    for (let more = true; more && events.length < MOST_EVENTS;) {
      const next = await page(this, interest, cursor, PAGE);
      if (next.truncated)
        this.logger.warn('the event log no longer has all events since the last poll', { firstAt: next.truncated.firstAt });
      events.push(...next.events);
      ({ cursor, more } = next);
    }
    // n8n stores the cursor together with the items that it passes to the workflow.
    kept.cursor = cursor;
    const items = itemsOf(events, interest);
    return items.length === 0 ? null : [items as INodeExecutionData[]];
  }
}

async function page(poll: IPollFunctions, { events, sessions, chats }: Interest, since: string, limit: number): Promise<EventPage> {
  const [session] = sessions;
  const path = sessions.length === 1 && session !== undefined ? `/api/sessions/${encodeURIComponent(session)}/events` : '/api/events';
  const query = {
    since,
    limit,
    events: events.join(','),
    chats: chats.join(','),
    ...(sessions.length > 1 ? { sessions: sessions.join(',') } : {})
  };
  return (await callEdge<EventPage>(poll, { path, query })).body;
}

/** Returns the cursor, or the beginning of the log if the log was created again, for example after a restore: all of its events are new. */
function known(poll: IPollFunctions, interest: Interest, cursor: string): Promise<string> {
  return page(poll, interest, cursor, 1).then(
    () => cursor,
    (error: unknown) => {
      const { reason, logCreatedAt } = (error instanceof EdgeError ? (error.details ?? {}) : {}) as {
        reason?: string;
        logCreatedAt?: string;
      };
      if (reason !== 'another-log' || logCreatedAt === undefined) throw error;
      poll.logger.warn('the event log was replaced since the last poll', { logCreatedAt });
      return logCreatedAt;
    }
  );
}

/** Returns the newest matching event of the last day, as an example for people who build a workflow. It does not move the cursor. */
async function example(poll: IPollFunctions, interest: Interest): Promise<INodeExecutionData[][] | null> {
  let since = new Date(Date.now() - EXAMPLE_AGE_MS).toISOString();
  let newest: Array<{ json: Record<string, unknown> }> = [];
  for (let more = true; more;) {
    const next = await page(poll, interest, since, PAGE);
    newest = itemsOf(next.events, interest).slice(-1).concat(newest).slice(0, 1);
    ({ cursor: since, more } = next);
  }
  return newest.length === 0 ? null : [newest as INodeExecutionData[]];
}
