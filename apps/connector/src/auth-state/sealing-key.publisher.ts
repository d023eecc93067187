import type { OnModuleInit } from '@nestjs/common';
import type { KeyValue, KeyValueBuckets } from '@wabus/broker';
import { REGISTRY_BUCKET, SEALING_KEY } from '@wabus/contracts';
import type { Logger } from 'pino';
import type { AuthStateStore } from './auth-state.store.js';

/**
 * Publishes the key that edges seal secrets of settings with, so that a password can be set before any connector owns the session. Connectors that share a key file
 * publish the same key. After a rotation the connector that started last decides, and all of them open what was sealed for the older key.
 */
export class SealingKeyPublisher implements OnModuleInit {
  private readonly bucket: KeyValue;

  constructor(
    buckets: KeyValueBuckets,
    private readonly store: Pick<AuthStateStore, 'sealingKey'>,
    private readonly logger: Logger
  ) {
    this.bucket = buckets.bucket(REGISTRY_BUCKET);
  }

  async onModuleInit(): Promise<void> {
    const wanted = JSON.stringify(this.store.sealingKey);
    for (;;) {
      const entry = await this.bucket.get(SEALING_KEY);
      if (entry && Buffer.from(entry.value).toString('utf8') === wanted) return;
      const { written } = await this.bucket.compareAndSet(SEALING_KEY, Buffer.from(wanted), entry?.revision ?? 0);
      if (written) return this.logger.info({ keyId: this.store.sealingKey.key }, 'sealing key published');
    }
  }
}
