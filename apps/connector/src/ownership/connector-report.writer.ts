import type { KeyValue } from '@wabus/broker';
import { connectorKey, encodeJsonRecord } from '@wabus/contracts';
import { ProcessFigures, type Logger } from '@wabus/runtime';

/** A report outlives so many that did not come: for as long a connector that crashed is listed as lost. */
const REPORTS_PER_LIFE = 6;

export interface ConnectorReportParts {
  readonly bucket: KeyValue;
  readonly connector: string;
  readonly everyMs: number;
  readonly logger: Logger;
}

/** What this connector tells edges of itself, for the people who run it: a key of the registry that expires when nobody renews it. Nothing depends on it. */
export class ConnectorReportWriter {
  private readonly figures = new ProcessFigures();
  private dueAt = -Infinity;
  /** Of our last report; 0 without one. */
  private revision = 0;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly parts: ConnectorReportParts) {}

  /** The lease was renewed. Writes a report when one is due. */
  renewed(): void {
    const now = performance.now();
    if (now < this.dueAt) return;
    this.dueAt = now + this.parts.everyMs;
    this.writing = this.write();
  }

  /** Removes the report, and no other: the connector leaves. */
  async withdraw(): Promise<void> {
    this.dueAt = Infinity;
    await this.writing;
    if (this.revision === 0) return;
    const { bucket, connector, logger } = this.parts;
    await bucket
      .delete(connectorKey(connector), this.revision)
      .catch((err: unknown) => logger.debug({ err }, 'the report of this connector could not be removed, it expires'));
  }

  private async write(): Promise<void> {
    const { bucket, connector, everyMs, logger } = this.parts;
    try {
      const ttlMs = everyMs * REPORTS_PER_LIFE;
      this.revision = await bucket.put(connectorKey(connector), { value: encodeJsonRecord(this.figures.read()), ttlMs });
    } catch (err) {
      logger.debug({ err }, 'the report of this connector could not be written');
    }
  }
}
