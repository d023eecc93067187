import type {
  ChatView,
  CommandName,
  ContactView,
  EventFacts,
  HttpVerb,
  LabelView,
  MediaReference,
  ModelPage,
  SessionStatusRecord,
  SessionView,
  StoredMessageView,
  WebhookView
} from '@wabus/contracts';
import type { WantedWebhook } from './peer-webhooks.policy.js';

/** Other gateways whose programs an edge can serve. */
export const PEERS = ['waha', 'evolution'] as const;
export type PeerName = (typeof PEERS)[number];

/** A request as a program of the peer sends it. */
export interface PeerRequest {
  /** The parts of the path, decoded once. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** The header `Accept`, empty when missing. */
  readonly accept: string;
  /** Where programs of the peer reach this edge, without a slash at the end. */
  readonly baseUrl: string;
}

/** JSON, or bytes or a text of the given type. */
export type PlainAnswer =
  | { readonly status: number; readonly body: unknown; readonly type?: undefined }
  | { readonly status: number; readonly body: Uint8Array | string; readonly type: string };

/** What the program gets: also a stored file. */
export type PeerAnswer = PlainAnswer | { readonly session: string; readonly media: string };

/** A page of a list of the read models. */
export interface ListCall {
  readonly do: 'chats' | 'contacts' | 'messages' | 'labels';
  readonly session: unknown;
  /** The chat whose messages are read. */
  readonly chat?: string;
  readonly query?: string | null;
  readonly cursor?: string | null;
  readonly limit: number;
}

/** One thing that a request of a peer needs from Wabus. Each is checked and authorized as on our own routes. */
export type PeerCall =
  | { readonly do: 'command'; readonly session: unknown; readonly method: CommandName; readonly args?: object }
  | { readonly do: 'sessions' }
  /** A session that is made in several steps. The same caller may begin again until `finishSession`, so that a program whose request broke off can repeat it. */
  | { readonly do: 'beginSession'; readonly session: unknown; readonly args: object }
  | { readonly do: 'finishSession'; readonly session: unknown }
  /** The session, as soon as its status satisfies `until`, or as it is after `waitMs`. */
  | {
      readonly do: 'wait';
      readonly session: unknown;
      readonly until: (status: SessionStatusRecord | undefined) => boolean;
      readonly waitMs: number;
    }
  | ListCall
  | { readonly do: 'otherJid'; readonly session: unknown; readonly jid: string }
  /** The message in the event of a cursor. */
  | { readonly do: 'eventMessage'; readonly session: unknown; readonly cursor: string; readonly id: string | null }
  /** The bytes of a stored file. */
  | { readonly do: 'bytes'; readonly session: unknown; readonly media: string }
  /** Messages of any chat with this id. */
  | { readonly do: 'messagesById'; readonly session: unknown; readonly id: string }
  /** The webhooks that were set in the form of the peer. */
  | { readonly do: 'webhooks'; readonly session: unknown }
  /** Sets them as a whole: see `PeerWebhooks`. */
  | { readonly do: 'setWebhooks'; readonly session: unknown; readonly webhooks: readonly WantedWebhook[] }
  /** A token for one session, which only administrators may issue. It ends with the session. */
  | { readonly do: 'createToken'; readonly session: string };

/** What each call returns. */
export interface CallResults {
  command: unknown;
  sessions: SessionView[];
  beginSession: undefined;
  finishSession: undefined;
  wait: SessionStatusRecord | undefined;
  chats: ModelPage<ChatView>;
  contacts: ModelPage<ContactView>;
  messages: ModelPage<StoredMessageView>;
  labels: ModelPage<LabelView>;
  otherJid: string | null;
  eventMessage: Record<string, unknown>;
  bytes: { content: Uint8Array; reference: MediaReference };
  webhooks: WebhookView[];
  setWebhooks: WebhookView[];
  messagesById: StoredMessageView[];
  createToken: string;
}

/** A request of a peer as the calls that it makes, one after the other: pure, so that a test can answer them. */
export type PeerConversation<Result = PeerAnswer> = Generator<PeerCall, Result, unknown>;

/** Where the peer describes a call, and when it was read. */
export interface PeerPage {
  readonly page: string;
  readonly read: string;
}

/** A route of a peer. Its handler, the porting table in docs/migrate and the answer 501 derive from the row. */
export interface PeerRoute {
  readonly verb: HttpVerb;
  /** With parts in braces. */
  readonly path: string;
  /** Routes, commands or settings of ours that do the same. */
  readonly ours: readonly string[];
  /** Key of the page of the peer that describes it. */
  readonly page: string;
  /** One of the twenty calls that programs use most. */
  readonly common?: boolean;
  /** What differs. */
  readonly note?: string;
  /** Missing when Wabus does not serve it. */
  readonly handle?: (request: PeerRequest) => PeerConversation;
}

/** An event as the log has it, its payload parsed. */
export interface PeerEvent {
  readonly facts: Pick<EventFacts, 'id' | 'session' | 'event' | 'at'>;
  readonly cursor: string;
  readonly data: unknown;
}
