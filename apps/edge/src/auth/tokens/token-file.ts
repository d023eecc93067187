import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Log, readSecretFile, type Logger } from '@wabus/runtime';
import { unwatchFile, watchFile, type StatsListener } from 'node:fs';
import { AuthSettings } from '../auth.settings.js';
import { KnownTokens } from './known-tokens.state.js';
import { PrincipalWatch } from '../principal-revocations.js';
import { parseTokenFile } from './token-file.codec.js';

/**
 * The token file, read at start and again whenever it changes: a line that is gone closes the connections of its token. A file that cannot be read, is wrong or
 * holds no token changes nothing, so that one caught half-written locks nobody out; the log says so.
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
    // By its state rather than by events of the file system, which do not follow a link that is moved, as mounted secrets are.
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

  /** Throws when it holds no token: an edge without tokens would be open or useless. */
  private read(): void {
    const { value, warning } = readSecretFile(this.settings.tokenFile);
    if (warning) this.logger.warn({ warning }, 'a setting of the token file is not recommended');
    const tokens = parseTokenFile(value);
    if (tokens.length === 0) throw new Error('the token file contains no token');
    this.known.replaceFile(tokens);
  }
}
