import type { KeyValue, Watch } from '@wabus/broker';
import { decodeJsonRecord, parseRegistryKey, RECORD_KEYS, recordKey, type SessionId, type SessionRecord } from '@wabus/contracts';

/** The existing sessions and their creation times. Models are kept for these sessions only. */
export class KnownSessions {
  private readonly created = new Map<SessionId, string>();
  private watch: Watch | null = null;

  constructor(private readonly registry: KeyValue) {}

  async start(): Promise<void> {
    this.watch = await this.registry.watch(RECORD_KEYS, change => {
      const session = parseRegistryKey(change.kind === 'put' ? change.entry.key : change.key)?.session;
      if (session === undefined) return;
      const created = change.kind === 'delete' ? null : createdAt(change.entry.value);
      if (created === null) this.created.delete(session);
      else this.created.set(session, created);
    });
    await this.watch.ready;
  }

  async stop(): Promise<void> {
    await this.watch?.stop();
  }

  /** Returns when a session was created, as far as this edge knows, or `null` if it does not exist. */
  get(session: SessionId): string | null {
    return this.created.get(session) ?? null;
  }

  /** Like `get`, but reads the record if the session is unknown. */
  async find(session: SessionId): Promise<string | null> {
    const known = this.get(session);
    if (known !== null) return known;
    const entry = await this.registry.get(recordKey(session));
    return entry && createdAt(entry.value);
  }
}

/** `null` if the record is unreadable or the session is being erased; no models are kept then. */
function createdAt(value: Uint8Array): string | null {
  const isKept = ({ createdAt, erased }: Partial<SessionRecord>): boolean => typeof createdAt === 'string' && erased !== true;
  return decodeJsonRecord<SessionRecord>(value, isKept)?.createdAt ?? null;
}
