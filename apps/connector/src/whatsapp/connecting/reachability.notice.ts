import type { Logger } from 'pino';
import type { NetworkFailure } from './network-failure.mapper.js';

/** Says once for all sessions of a connector that the network does not reach WhatsApp, however often it is tried; again only after it was reached. */
export class ReachabilityNotice {
  private told = false;

  constructor(private readonly logger: Logger) {}

  failed({ host, problem, code }: NetworkFailure): void {
    if (this.told) return;
    this.told = true;
    this.logger.warn({ host, problem, code }, 'whatsapp cannot be reached, trying on');
  }

  reached(): void {
    if (!this.told) return;
    this.told = false;
    this.logger.info('whatsapp is reached again');
  }
}
