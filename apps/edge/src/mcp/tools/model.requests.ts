import { Jid, Text, Whole } from '@wabus/contracts';

export const DEFAULT_ITEMS = 20;
const LIMIT = { optional: true, min: 1, max: 100 };
const LIMIT_MEANING = `How many at most; ${DEFAULT_ITEMS} when missing.`;
const CURSOR_MEANING = '`next` of the page before.';
const CURSOR = { optional: true, max: 2_000 };

/** The arguments of `list_chats` and `list_contacts`, beside the session. */
export class ListRequest {
  @Text('Only those whose name or jid has this in it.', { optional: true, max: 256 })
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
  @Text('What the text of a message has in it.', { max: 256 })
  query!: string;

  @Text(CURSOR_MEANING, CURSOR)
  cursor?: string;

  @Whole(LIMIT_MEANING, LIMIT)
  limit?: number;
}
