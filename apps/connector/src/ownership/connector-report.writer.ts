import type { KeyValue } from '@wabus/broker';
import { connectorKey, encodeJsonRecord } from '@wabus/contracts';
import { ProcessFigures, type Logger } from '@wabus/runtime';

/** A report expires after this many intervals without a new one. Until then, edges list a connector that crashed as lost. */
const REPORTS_PER_LIFE = 6;

export interface ConnectorReportParts {
  readonly bucket: KeyValue;
  readonly connector: string;
  readonly everyMs: number;
  readonly logger: Logger;
}

/**
 * Publishes the version, memory and processor use of this connector as a registry key that expires unless it is renewed.
 * Edges show these figures to operators; no decision depends on them.
 */
export class ConnectorReportWriter {
  private readonly figures = new ProcessFigures();
  private dueAt = -Infinity;
  /** The revision of this connector's last report; 0 if there is none. */
  private revision = 0;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly parts: ConnectorReportParts) {}

  /** Writes a report if one is due. Called after each renewal of the lease. */
  renewed(): void {
    const now = performance.now();
    if (now < this.dueAt) return;
    this.dueAt = now + this.parts.everyMs;
    this.writing = this.write();
  }

  /** Removes this connector's report when the connector leaves, but not that of another process with the same id. */
  async withdraw(): Promise<void> {
    this.dueAt = Infinity;
    await this.writing;
    if (this.revision === 0) return;
    const { bucket, connector, logger } = this.parts;
    await bucket
      .delete(connectorKey(connector), this.revision)
      .catch((err: unknown) => logger.debug({ err }, "failed to remove the connector's report, which will expire"));
  }

  private async write(): Promise<void> {
    const { bucket, connector, everyMs, logger } = this.parts;
    try {
      const ttlMs = everyMs * REPORTS_PER_LIFE;
      this.revision = await bucket.put(connectorKey(connector), { value: encodeJsonRecord(this.figures.read()), ttlMs });
    } catch (err) {
      logger.debug({ err }, "failed to write the connector's report");
    }
  }
}
