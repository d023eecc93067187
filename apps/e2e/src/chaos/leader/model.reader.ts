import type { ChatView, ModelPage, ModelStatus, StoredMessageView } from '@wabus/contracts';
import { awaitCondition, type EdgeClient } from '@wabus/testing';

const SETTLE_MS = 60_000;

/** Reads the complete read models of sessions, as a client does. */
export class ModelReader {
  constructor(
    private readonly edge: EdgeClient,
    private readonly sessions: readonly string[]
  ) {}

  /** Waits until the read models contain everything in the log. */
  async awaitCurrent(): Promise<void> {
    for (const session of this.sessions)
      await awaitCondition(
        async () => this.get<ModelStatus>(`/api/sessions/${session}/models`),
        ({ state, projected, newest, rebuild }) => state === 'current' && rebuild === null && projected >= newest,
        { waitMs: SETTLE_MS, what: `the read models of ${session}` }
      );
  }

  /** Discards the records and rebuilds them from the log. */
  async rebuild(): Promise<void> {
    for (const session of this.sessions) {
      const { status } = await this.edge.post(`/api/sessions/${session}/models/rebuild`, { discard: true });
      if (status !== 202) throw new Error(`a rebuild of ${session} was refused: ${status}`);
    }
    await this.awaitCurrent();
  }

  /** Returns every chat with its unread count, and every message, as text by key. */
  async read(): Promise<Map<string, string>> {
    const records = new Map<string, string>();
    for (const session of this.sessions) {
      for (const { jid, unreadCount, timestamp } of await this.all<ChatView>(`/api/sessions/${session}/store/chats`, 'cursor')) {
        records.set(`${session} ${jid}`, `${unreadCount} unread, ${timestamp}`);
        const path = `/api/sessions/${session}/store/chats/${encodeURIComponent(jid)}/messages`;
        for (const { id, text, fromMe, participant } of await this.all<StoredMessageView>(path, 'before'))
          records.set(`${session} ${jid} ${id}`, JSON.stringify({ text, fromMe, participant }));
      }
    }
    return records;
  }

  /** Returns the texts of the messages that each session received. */
  async texts(): Promise<Set<string>> {
    return new Set(
      [...(await this.read())].flatMap(([key, value]) => (value.startsWith('{') ? `${key.split(' ')[0]} ${textOf(value)}` : []))
    );
  }

  private async all<Item>(path: string, parameter: 'cursor' | 'before'): Promise<Item[]> {
    const items: Item[] = [];
    for (let next: string | null = ''; next !== null;) {
      const query: string = next === '' ? '' : `&${parameter}=${encodeURIComponent(next)}`;
      const page: ModelPage<Item> = await this.get(`${path}?limit=100${query}`);
      items.push(...page.items);
      ({ next } = page);
    }
    return items;
  }

  private async get<Body>(path: string): Promise<Body> {
    const { status, body } = await this.edge.get<Body>(path);
    if (status !== 200) throw new Error(`${path}: status ${status} ${JSON.stringify(body)}`);
    return body;
  }
}

const textOf = (value: string): string | null => (JSON.parse(value) as { text: string | null }).text;
