import { Jid, Text, Whole, parseBody, type ModelPage, type SessionId } from '@wabus/contracts';
import { requestSchema } from '@wabus/contracts/docs';
import { authorise } from '../../auth/authorise.policy.js';
import type { Principal } from '../../auth/principal.js';
import { checkSession } from '../../commands-out/command-request.policy.js';
import type { ReadModels } from '../../read-models/reading/read-models.js';
import type { ToolSources } from './tool.registry.js';
import { LOOKS, sessionOf, withSession, type Tool, type ToolDefinition, type ToolInput } from './tool.js';

export const DEFAULT_ITEMS = 20;
const LIMIT = { optional: true, min: 1, max: 100 };
const LIMIT_MEANING = `The maximum number of items; ${DEFAULT_ITEMS} if missing.`;
const CURSOR_MEANING = 'The field `next` of the previous page.';
const CURSOR = { optional: true, max: 2_000 };

/** The arguments of `list_chats` and `list_contacts`, in addition to the session. */
export class ListRequest {
  @Text('Only entries whose name or jid contains this text.', { optional: true, max: 256 })
  query?: string;

  @Text(CURSOR_MEANING, CURSOR)
  cursor?: string;

  @Whole(LIMIT_MEANING, LIMIT)
  limit?: number;
}

/** The arguments of `list_messages`. */
export class ListMessagesRequest {
  @Jid('The chat.')
  jid!: string;

  @Text(CURSOR_MEANING, CURSOR)
  before?: string;

  @Whole(LIMIT_MEANING, LIMIT)
  limit?: number;
}

/** The arguments of `search_messages`. */
export class SearchMessagesRequest {
  @Text('The text to search for in messages.', { max: 256 })
  query!: string;

  @Text(CURSOR_MEANING, CURSOR)
  cursor?: string;

  @Whole(LIMIT_MEANING, LIMIT)
  limit?: number;
}

/** A list of the read models as a tool. */
export interface ModelList<Request extends object = object> {
  readonly name: string;
  readonly meaning: string;
  readonly request: new () => Request;
  read(models: ReadModels, session: SessionId, request: Request): Promise<ModelPage<object>>;
}

const list = <Request extends object>(row: ModelList<Request>): ModelList => row;

export const MODEL_LISTS: readonly ModelList[] = [
  list({
    name: 'list_chats',
    meaning: 'Lists the chats of a session with their names, unread counts and labels. The chat with the newest message comes first.',
    request: ListRequest,
    read: (models, session, { query = null, cursor = null, limit = DEFAULT_ITEMS }) => models.chats(session, { query, cursor, limit })
  }),
  list({
    name: 'list_messages',
    meaning: 'Lists the messages in a chat, newest first, with their senders, times, texts, edits, reactions and receipts.',
    request: ListMessagesRequest,
    read: (models, session, { jid, before = null, limit = DEFAULT_ITEMS }) =>
      models.messages(session, jid, { query: null, cursor: before, limit })
  }),
  list({
    name: 'search_messages',
    meaning: 'Searches the text of the messages in all chats of a session. The newest messages come first.',
    request: SearchMessagesRequest,
    read: (models, session, { query, cursor = null, limit = DEFAULT_ITEMS }) => models.searchMessages(session, { query, cursor, limit })
  }),
  list({
    name: 'list_contacts',
    meaning: 'Lists the contacts of a session, sorted by name, with their jids, LIDs and names.',
    request: ListRequest,
    read: (models, session, { query = null, cursor = null, limit = DEFAULT_ITEMS }) => models.contacts(session, { query, cursor, limit })
  })
];

/** Objects of Baileys, including pictures. They are omitted, because the remaining fields contain the facts that an assistant needs. */
const PAYLOADS = ['chat', 'message', 'contact'];

/** Lists chats, messages and contacts from the read models, without a request to WhatsApp. */
export class ModelTool implements Tool {
  readonly name: string;
  readonly scope = 'read';

  constructor(
    private readonly row: ModelList,
    private readonly sources: Pick<ToolSources, 'models' | 'registry' | 'searches'>
  ) {
    this.name = row.name;
  }

  define(principal: Principal): ToolDefinition {
    return {
      name: this.name,
      description: this.row.meaning,
      inputSchema: withSession(principal, requestSchema(this.row.request)),
      annotations: { ...LOOKS, openWorldHint: true }
    };
  }

  async call(principal: Principal, input: ToolInput): Promise<ModelPage<object>> {
    const { session: _named, ...own } = input;
    const session = checkSession(sessionOf(principal, input));
    authorise(principal, 'read', session);
    const request = parseBody(this.row.request, own);
    const { models, registry, searches } = this.sources;
    await registry.requireLiving(session);
    const { items, next } = await searches.pass(principal, () => this.row.read(models, session, request));
    return { items: items.map(withoutPayload), next };
  }
}

function withoutPayload(item: object): object {
  return Object.fromEntries(Object.entries(item).filter(([name, value]) => !PAYLOADS.includes(name) || typeof value === 'string'));
}
