import { Injectable } from '@nestjs/common';
import { isSessionId, type SessionId, type TokenView } from '@wabus/contracts';
import type { Principal } from '../auth/principal.js';
import { TokenRecordStore } from '../auth/tokens/token-record.store.js';
import { Erasures } from '../erasure/erasures.registry.js';

const NAME = 'Evolution API instance ';

/**
 * Manages the tokens that `POST /instance/create` issues. A token ends with its session, however the session is deleted, because a later
 * session with the same name may belong to another person.
 */
@Injectable()
export class PeerTokens {
  constructor(
    private readonly tokens: TokenRecordStore,
    erasures: Erasures
  ) {
    erasures.add('tokens of instances', session => this.revoke(session));
  }

  /** Creates a token for this session alone. Throws `FORBIDDEN` if the principal may not issue tokens. */
  async create(principal: Principal, session: string): Promise<string> {
    const scopes = ['read', 'send', 'control'];
    return (await this.tokens.create(principal, { name: NAME + session, sessions: [session], scopes })).token;
  }

  async revoke(session: SessionId): Promise<void> {
    await this.tokens.revokeWhere(token => sessionOfToken(token) === session);
  }
}

/** Returns the session with which a token ends, or `null` for tokens that administrators issue in other ways. */
function sessionOfToken({ name, sessions }: TokenView): SessionId | null {
  const session = name.startsWith(NAME) ? name.slice(NAME.length) : null;
  return isSessionId(session) && sessions !== '*' && sessions.length === 1 && sessions[0] === session ? session : null;
}
