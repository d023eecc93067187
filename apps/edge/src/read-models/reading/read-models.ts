import { Injectable } from '@nestjs/common';
import { EventConsumers, Semaphore } from '@wabus/broker';
import {
  WabusError,
  type ChatView,
  type ContactView,
  type GroupView,
  type LabelView,
  type LidMapView,
  type ModelKind,
  type ModelPage,
  type ModelStatus,
  type RebuildView,
  type SessionId,
  type StoredMessageView
} from '@wabus/contracts';
import { ShareLimiter } from '../../auth/share.limiter.js';
import { isGroup, isLid, personOf } from '../projection/authority.policy.js';
import { modelKey } from '../projection/model-key.codec.js';
import type { ModelKey, ModelRecord } from '../projection/model.types.js';
import { ReadModelStore, type Rebuild } from '../store/read-model.store.js';
import { KnownPeople } from './known-people.js';
import { chatView, contactView, groupView, labelView, messageView, nameOf } from './model-view.policy.js';
import { PageSieve, decodePageCursor, encodePageCursor, type SortKey } from './page.state.js';
import { searchMatcher, matchesMessage } from './search.policy.js';

/** The most concurrent scans of one edge. More would only wait for one another, each with its partial results in memory. */
const OPEN_SCANS = 4;

/** Limits requests that search stored events or read models, because their results stay in memory until they are sent. */
export class SearchLimiter extends ShareLimiter {}

/** The requested part of a list. */
export interface ModelPageRequest {
  readonly query: string | null;
  readonly cursor: string | null;
  readonly limit: number;
}

interface Listing<Item> {
  readonly kind: ModelKind;
  readonly sortedBy: 'number' | 'string';
  /** `null` omits the record. */
  readonly pick: (record: ModelRecord) => { readonly order: SortKey; readonly item: Item } | null;
}

/**
 * Reads the results of the projection. Every answer comes from the store, so all edges give the same answers and nothing is kept here.
 * Methods throw `BROKER_UNAVAILABLE`.
 */
@Injectable()
export class ReadModels {
  private readonly scans = new Semaphore(OPEN_SCANS);

  constructor(
    private readonly store: ReadModelStore,
    private readonly consumers: EventConsumers,
    private readonly people: KnownPeople
  ) {}

  /** Returns chats, newest message first. */
  async chats(session: SessionId, request: ModelPageRequest): Promise<ModelPage<ChatView>> {
    // Only a search needs the names of all people and groups. For one page they are read by their keys.
    const [others, names] = await Promise.all([this.others(session), request.query === null ? NO_NAMES : this.names(session)]);
    const fits = searchMatcher(request.query);
    const page = await this.list(session, request, {
      kind: 'chat',
      sortedBy: 'number',
      pick: record => {
        const item = chatView(record, others.get(record.id) ?? null, names.get(record.id));
        return !record.deleted && fits(item.name, item.jid, item.otherJid) ? { order: [-item.timestamp, item.jid], item } : null;
      }
    });
    return { ...page, items: await this.named(session, page.items) };
  }

  /** Returns a chat by either jid. Throws `NOT_FOUND`. */
  async chat(session: SessionId, jid: string): Promise<ChatView> {
    const { canonical, other } = await this.person(session, jid);
    const record = await this.record(session, modelKey('chat', canonical));
    if (record === null || record.deleted) throw new WabusError('NOT_FOUND', { message: 'No event mentions this chat.' });
    const [chat] = await this.named(session, [chatView(record, other)]);
    return chat!;
  }

  /** Returns the messages of a chat by either jid, newest first. */
  async messages(session: SessionId, jid: string, { cursor, limit }: ModelPageRequest): Promise<ModelPage<StoredMessageView>> {
    const { canonical, other } = await this.person(session, jid);
    const cleared = (await this.record(session, modelKey('chat', canonical)))?.clearedUpTo ?? 0;
    const sieve = new PageSieve<StoredMessageView>(limit, decodePageCursor(cursor, { field: 'before', sortedBy: 'number' }));
    for (const chat of other === null ? [canonical] : [canonical, other]) {
      await this.scans.run(() =>
        this.store.scan({ session, kind: 'message', chat }, (record, key) => {
          if (record.since > cleared) sieve.offer({ id: key, order: messageOrder(record), item: messageView(record) });
        })
      );
    }
    return pageOf(sieve);
  }

  /** Returns the messages of any chat with this id: usually one, unless two chats contain the same id. */
  async messagesById(session: SessionId, id: string): Promise<StoredMessageView[]> {
    const found: StoredMessageView[] = [];
    await this.scans.run(() =>
      this.store.scan({ session, kind: 'message' }, record => {
        if (record.id === id) found.push(messageView(record));
      })
    );
    return found;
  }

  /** Returns the messages whose text, or other visible content, contains the query, newest first. */
  async searchMessages(session: SessionId, { query, cursor, limit }: ModelPageRequest): Promise<ModelPage<StoredMessageView>> {
    const [others, cleared] = await Promise.all([this.others(session), this.clearings(session)]);
    const fits = searchMatcher(query);
    return this.list(
      session,
      { query, cursor, limit },
      {
        kind: 'message',
        sortedBy: 'number',
        pick: record => {
          const { chat } = record.message!;
          if (!matchesMessage(fits, record)) return null;
          const canonical = isLid(chat) ? (others.get(chat) ?? chat) : chat;
          if (record.since <= (cleared.get(canonical) ?? 0)) return null;
          return { order: messageOrder(record), item: messageView(record) };
        }
      }
    );
  }

  /** Returns contacts, sorted by name. */
  async contacts(session: SessionId, request: ModelPageRequest): Promise<ModelPage<ContactView>> {
    const others = await this.others(session);
    const fits = searchMatcher(request.query);
    return this.list(session, request, {
      kind: 'contact',
      sortedBy: 'string',
      pick: record => {
        const item = contactView(record, others.get(record.id) ?? null);
        const { name, notify, verifiedName } = record.data as Record<string, string | null>;
        return fits(name ?? null, notify ?? null, verifiedName ?? null, item.jid, item.otherJid)
          ? { order: byName(item.name, item.jid), item }
          : null;
      }
    });
  }

  /** Returns a contact by either jid. Throws `NOT_FOUND`. */
  async contact(session: SessionId, jid: string): Promise<ContactView> {
    const { canonical, other } = await this.person(session, jid);
    const record = await this.record(session, modelKey('contact', canonical));
    if (record === null) throw new WabusError('NOT_FOUND', { message: 'No event mentions this contact.' });
    return contactView(record, other);
  }

  /** Returns groups, sorted by subject. */
  groups(session: SessionId, request: ModelPageRequest): Promise<ModelPage<GroupView>> {
    const fits = searchMatcher(request.query);
    return this.list(session, request, {
      kind: 'group',
      sortedBy: 'string',
      pick: record => {
        const item = groupView(record);
        return fits(item.subject, item.jid) ? { order: byName(item.subject, item.jid), item } : null;
      }
    });
  }

  /** Returns a group. Throws `NOT_FOUND`. */
  async group(session: SessionId, jid: string): Promise<GroupView> {
    const record = await this.record(session, modelKey('group', personOf(jid)));
    if (record === null) throw new WabusError('NOT_FOUND', { message: 'No event mentions this group.' });
    return groupView(record);
  }

  /** Returns labels, sorted by name. */
  labels(session: SessionId, request: ModelPageRequest): Promise<ModelPage<LabelView>> {
    const fits = searchMatcher(request.query);
    return this.list(session, request, {
      kind: 'label',
      sortedBy: 'string',
      pick: record => {
        const item = labelView(record);
        return fits(item.name) ? { order: byName(item.name, item.id), item } : null;
      }
    });
  }

  /** Returns the LID and phone number of a person by either of them. Throws `NOT_FOUND`. */
  async lidMap(session: SessionId, jid: string): Promise<LidMapView> {
    const { canonical, other } = await this.person(session, jid);
    if (other === null) throw new WabusError('NOT_FOUND', { message: 'No event has reported the other jid of this person.' });
    return { lid: other, pn: canonical };
  }

  async status(session: SessionId): Promise<ModelStatus> {
    const [progress, floors, rebuild, skips, end] = await Promise.all([
      this.store.progress(),
      this.store.floors(),
      this.store.rebuild(session),
      this.store.skips(session),
      this.consumers.end()
    ]);
    const base = progress?.base ?? 0;
    const state = rebuild !== null ? 'rebuilding' : floors.get(session)?.createdAt ? 'current' : 'absent';
    const projected = progress?.order ?? 0;
    return {
      state,
      projected,
      newest: base + end.sequence,
      rebuild: rebuild && rebuildView(rebuild, projected),
      skipped: skips?.events ?? 0,
      lastSkipped: skips?.last ?? null
    };
  }

  /** Requests a rebuild. One that is already waiting or running is not changed. */
  async rebuild(session: SessionId, discard: boolean): Promise<RebuildView> {
    return rebuildView(await this.store.requestRebuild(session, { discard, at: new Date().toISOString() }), 0);
  }

  private async list<Item>(session: SessionId, request: ModelPageRequest, listing: Listing<Item>): Promise<ModelPage<Item>> {
    const { kind, sortedBy, pick } = listing;
    const sieve = new PageSieve<Item>(request.limit, decodePageCursor(request.cursor, { field: 'cursor', sortedBy }));
    await this.scans.run(() =>
      this.store.scan({ session, kind }, (record, id) => {
        const picked = pick(record);
        if (picked !== null) sieve.offer({ id, order: picked.order, item: picked.item });
      })
    );
    return pageOf(sieve);
  }

  /** Adds the name of the person, or the subject of the group, to chats that have no name of their own. */
  private async named(session: SessionId, chats: readonly ChatView[]): Promise<ChatView[]> {
    const keyOf = ({ jid }: ChatView): ModelKey => modelKey(isGroup(jid) ? 'group' : 'contact', jid);
    const records = await this.store.read(session, chats.filter(({ name }) => name === null).map(keyOf));
    return chats.map(chat => ({ ...chat, name: chat.name ?? nameOf(records.get(keyOf(chat)) ?? null) }));
  }

  /** Returns the names of all people and groups, by jid. */
  private async names(session: SessionId): Promise<ReadonlyMap<string, string>> {
    const names = new Map<string, string>();
    for (const kind of ['contact', 'group'] as const) {
      await this.scans.run(() =>
        this.store.scan({ session, kind }, record => {
          const name = nameOf(record);
          if (name !== null) names.set(record.id, name);
        })
      );
    }
    return names;
  }

  private async record(session: SessionId, key: string): Promise<ModelRecord | null> {
    return (await this.store.read(session, [key])).get(key) ?? null;
  }

  private async person(session: SessionId, jid: string): Promise<{ canonical: string; other: string | null }> {
    const person = personOf(jid);
    const found = await this.people.otherOf(session, person);
    if (found === null) return { canonical: person, other: null };
    return isLid(person) ? { canonical: found, other: person } : { canonical: person, other: found };
  }

  private async others(session: SessionId): Promise<Map<string, string>> {
    const others = new Map<string, string>();
    await this.scans.run(() =>
      this.store.scan({ session, kind: 'alias' }, ({ id, data }) => {
        if (typeof data['jid'] === 'string') others.set(id, data['jid']);
      })
    );
    return others;
  }

  private async clearings(session: SessionId): Promise<Map<string, number>> {
    const cleared = new Map<string, number>();
    await this.scans.run(() =>
      this.store.scan({ session, kind: 'chat' }, ({ id, clearedUpTo }) => {
        if (clearedUpTo !== undefined) cleared.set(id, clearedUpTo);
      })
    );
    return cleared;
  }
}

const NO_NAMES: ReadonlyMap<string, string> = new Map();

/** Newest first. Messages within the same second are sorted by the order of the log. */
const messageOrder = ({ timestamp = 0, since, id }: ModelRecord): SortKey => [
  -timestamp,
  `${String(1e15 - since).padStart(16, '0')} ${id}`
];
/** Items without a name come last. */
const byName = (name: string | null, id: string): SortKey => [name === null ? '\uffff' : name.toLocaleLowerCase(), id];

function pageOf<Item>(sieve: PageSieve<Item>): ModelPage<Item> {
  const { items, next } = sieve.page();
  return { items, next: encodePageCursor(next) };
}

function rebuildView({ discard, requestedAt, start, done }: Rebuild, projected: number): RebuildView {
  const progress = start === null || done === null || projected <= start ? 0 : (done - start) / (projected - start);
  return { discard, requestedAt, progress: Math.min(Math.max(progress, 0), 1) };
}
