import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Log, readSecretFile, type Logger } from '@wabus/runtime';
import { unwatchFile, watchFile, type StatsListener } from 'node:fs';
import { AuthSettings } from '../auth.settings.js';
import { KnownTokens } from './known-tokens.state.js';
import { PrincipalWatch } from '../principal-revocations.js';
import { parseTokenFile } from './token-file.codec.js';

/**
 * The token file, read at the start and again whenever it changes. Removing a line closes the connections of its token. A file that is
 * unreadable, invalid or empty changes nothing, so that a half-written file does not lock out any client; the problem is logged.
 */
@Injectable()
export class TokenFile implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger: Logger;
  private readonly changed: StatsListener = () => this.reread();

  constructor(
    private readonly settings: AuthSettings,
    private readonly known: KnownTokens,
    private readonly doors: PrincipalWatch,
    log: Log
  ) {
    this.logger = log.for('auth');
    this.read();
  }

  onModuleInit(): void {
    // Polls the state of the file, because file system events do not follow a link that is replaced, as mounted secrets are.
    watchFile(this.settings.tokenFile, { interval: this.settings.tokenFilePollMs, persistent: false }, this.changed);
  }

  beforeApplicationShutdown(): void {
    unwatchFile(this.settings.tokenFile, this.changed);
  }

  private reread(): void {
    try {
      this.read();
      this.logger.info('token file reloaded');
    } catch (err) {
      this.logger.error({ err }, 'token file is invalid, keeping the previous tokens');
      return;
    }
    const now = Date.now();
    this.doors.review(principal => this.known.isValid(principal, now));
  }

  /** Throws if the file contains no token: an edge without tokens would be either open or useless. */
  private read(): void {
    const { value, warning } = readSecretFile(this.settings.tokenFile);
    if (warning) this.logger.warn({ warning }, 'a setting of the token file is not recommended');
    const tokens = parseTokenFile(value);
    if (tokens.length === 0) throw new Error('the token file contains no token');
    this.known.replaceFile(tokens);
  }
}
