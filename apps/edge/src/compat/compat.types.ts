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

/** Other gateways (peers) whose programs an edge can serve. */
export const PEERS = ['waha', 'evolution'] as const;
export type PeerName = (typeof PEERS)[number];

/** A request from a program of a peer. */
export interface PeerRequest {
  /** The parameters in the path, decoded once. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** The header `Accept`, empty if missing. */
  readonly accept: string;
  /** The URL at which programs of the peer reach this edge, without a trailing slash. */
  readonly baseUrl: string;
}

/** JSON, or bytes or text of the given type. */
export type PlainAnswer =
  | { readonly status: number; readonly body: unknown; readonly type?: undefined }
  | { readonly status: number; readonly body: Uint8Array | string; readonly type: string };

/** The response to the program, which can also be a stored file. */
export type PeerAnswer = PlainAnswer | { readonly session: string; readonly media: string };

/** Requests a page of a list of the read models. */
export interface ListCall {
  readonly do: 'chats' | 'contacts' | 'messages' | 'labels';
  readonly session: unknown;
  /** The chat whose messages are read. */
  readonly chat?: string;
  readonly query?: string | null;
  readonly cursor?: string | null;
  readonly limit: number;
}

/** One operation of Wabus that a request of a peer needs. Each is checked and authorized as on the routes of Wabus. */
export type PeerCall =
  | { readonly do: 'command'; readonly session: unknown; readonly method: CommandName; readonly args?: object }
  | { readonly do: 'sessions' }
  /**
   * Begins to create a session in several steps. The same caller may begin again until `finishSession`, so that a program can repeat an interrupted request.
   */
  | { readonly do: 'beginSession'; readonly session: unknown; readonly args: object }
  | { readonly do: 'finishSession'; readonly session: unknown }
  /** Returns the session as soon as its status satisfies `until`, or its current state after `waitMs`. */
  | {
      readonly do: 'wait';
      readonly session: unknown;
      readonly until: (status: SessionStatusRecord | undefined) => boolean;
      readonly waitMs: number;
    }
  | ListCall
  | { readonly do: 'otherJid'; readonly session: unknown; readonly jid: string }
  /** Returns the message in the event of a cursor. */
  | { readonly do: 'eventMessage'; readonly session: unknown; readonly cursor: string; readonly id: string | null }
  /** Returns the bytes of a stored file. */
  | { readonly do: 'bytes'; readonly session: unknown; readonly media: string }
  /** Returns the messages of any chat with this id. */
  | { readonly do: 'messagesById'; readonly session: unknown; readonly id: string }
  /** Returns the webhooks that were set through the peer's API. */
  | { readonly do: 'webhooks'; readonly session: unknown }
  /** Replaces these webhooks as a whole (see `PeerWebhooks`). */
  | { readonly do: 'setWebhooks'; readonly session: unknown; readonly webhooks: readonly WantedWebhook[] }
  /** Creates a token for one session, which only administrators may issue. It ends with the session. */
  | { readonly do: 'createToken'; readonly session: string };

/** The result of each call. */
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

/** A request of a peer as the sequence of its calls. Pure, so that a test can provide the results. */
export type PeerConversation<Result = PeerAnswer> = Generator<PeerCall, Result, unknown>;

/** The page on which the peer documents a call, and the date when it was read. */
export interface PeerPage {
  readonly page: string;
  readonly read: string;
}

/** A route of a peer. Its handler, the porting table in docs/migrate and the 501 response derive from this row. */
export interface PeerRoute {
  readonly verb: HttpVerb;
  /** The path, with parameters in braces. */
  readonly path: string;
  /** Routes, commands or settings of Wabus that do the same. */
  readonly ours: readonly string[];
  /** The key of the page on which the peer documents the route. */
  readonly page: string;
  /** Whether it is one of the twenty calls that programs use most. */
  readonly common?: boolean;
  /** The differences from the peer. */
  readonly note?: string;
  /** Missing if Wabus does not serve the route. */
  readonly handle?: (request: PeerRequest) => PeerConversation;
}

/** An event from the log, with its payload parsed. */
export interface PeerEvent {
  readonly facts: Pick<EventFacts, 'id' | 'session' | 'event' | 'at'>;
  readonly cursor: string;
  readonly data: unknown;
}
