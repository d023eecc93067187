import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { ObjectStores, type ObjectStore } from '@wabus/broker';
import { EVENT_PARTS_BUCKET, mediaAttributes, mediaObjectName, WabusError, type LargePartForm, type SessionId } from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';
import { BoundedCache } from '../whatsapp/bounded.cache.js';
import type { EventPart } from './large-part.policy.js';

const RETRY_MS = 1_000;
/** Several events often contain the same part: a message arrives with the change of its chat. */
const KNOWN_PARTS = 1_000;
const KNOWN_MS = 600_000;

const MIMETYPES: Record<LargePartForm, string> = {
  text: 'text/plain; charset=utf-8',
  bytes: 'application/octet-stream',
  json: 'application/json'
};

/** Stores parts of events in the object store, which keeps them as long as the log keeps events. */
@Injectable()
export class EventPartStore {
  private readonly store: ObjectStore;
  private readonly logger: Logger;
  private readonly known = new BoundedCache<string, Promise<boolean>>({ max: KNOWN_PARTS, ttl: KNOWN_MS });

  constructor(stores: ObjectStores, processLog: Log) {
    this.store = stores.store(EVENT_PARTS_BUCKET);
    this.logger = processLog.for('events-out');
  }

  /**
   * Resolves when all parts are on disk, with the references of those for which there is no room even without the session's older parts.
   * Waits for the broker without limit; throws the reason of `ended` if that is aborted first.
   */
  async put(session: SessionId, parts: readonly EventPart[], ended: AbortSignal): Promise<ReadonlySet<string>> {
    const lost = new Set<string>();
    for (const part of parts) if (!(await this.once(session, part, ended))) lost.add(part.media);
    return lost;
  }

  private async once(session: SessionId, part: EventPart, ended: AbortSignal): Promise<boolean> {
    const name = mediaObjectName(session, part.media);
    const known = this.known.get(name);
    if (known) return known;
    const stored = this.persistently(name, part, ended);
    this.known.set(name, stored);
    // The next event with this part tries again.
    const forget = (): void => void this.known.delete(name);
    stored.then(kept => (kept ? undefined : forget()), forget);
    return stored;
  }

  private async persistently(name: string, { content, form }: EventPart, ended: AbortSignal): Promise<boolean> {
    for (;;) {
      ended.throwIfAborted();
      try {
        const attributes = mediaAttributes({ mimetype: MIMETYPES[form], fileName: null });
        await this.store.put(name, once(content), { maxBytes: content.length, attributes, signal: ended });
        return true;
      } catch (err) {
        ended.throwIfAborted();
        if (err instanceof WabusError && err.code === 'LIMIT_REACHED') {
          this.logger.error({ err, bytes: content.length }, 'no space is left for an event part, publishing the event without it');
          return false;
        }
        this.logger.warn({ err, bytes: content.length }, 'failed to store an event part, retrying until it succeeds');
        await delay(RETRY_MS, undefined, { signal: ended, ref: false });
      }
    }
  }
}

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}
