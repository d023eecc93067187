import { Jids, Text, Texts, Whole } from '@wabus/contracts';

export const DEFAULT_EVENTS = 20;

/** The arguments of `read_events`, beside the session. */
export class ReadEventsRequest {
  @Texts('Names such as `messages.upsert` or `connection.update`, or families such as `messages.*`; all that you may hear when missing.', {
    optional: true,
    max: 64
  })
  events?: string[];

  @Jids('Only events about these chats.', { optional: true, max: 64 })
  chats?: string[];

  @Text('Where to begin: a `cursor` of an earlier answer, or an ISO time. The last hour when missing.', { optional: true, max: 256 })
  since?: string;

  @Whole(`How many events at most; ${DEFAULT_EVENTS} when missing.`, { optional: true, min: 1, max: 100 })
  limit?: number;
}
