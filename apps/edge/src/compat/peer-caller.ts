import { Injectable } from '@nestjs/common';
import type { CommandName } from '@wabus/contracts';
import { authorise, hasScope } from '../auth/authorise.policy.js';
import type { Principal } from '../auth/principal.js';
import { TokenRecordStore } from '../auth/tokens/token-record.store.js';
import { CommandClient } from '../commands-out/command.client.js';
import { checkSession } from '../commands-out/command-request.policy.js';
import { SessionRegistryStore } from '../commands-out/session.registry.store.js';
import type { Caller } from '../webhooks/webhook-administration.js';
import type { CallResults, PeerAnswer, PeerCall, PeerConversation, PeerName } from './compat.types.js';
import { PeerReader } from './peer.reader.js';
import { PeerWebhooks } from './peer-webhooks.js';

/** Whose request it is. */
export interface PeerContext {
  readonly peer: PeerName;
  readonly principal: Principal;
  readonly idempotencyKey: string | undefined;
}

/** Makes the calls of a conversation, in order, each through the same checks and limits as our own routes. */
@Injectable()
export class PeerCaller {
  constructor(
    private readonly commands: CommandClient,
    private readonly registry: SessionRegistryStore,
    private readonly reader: PeerReader,
    private readonly webhooks: PeerWebhooks,
    private readonly tokens: TokenRecordStore
  ) {}

  /** The answer in the end. Throws what a call throws, unless the conversation deals with it. */
  async hold(conversation: PeerConversation, context: PeerContext): Promise<PeerAnswer> {
    let step = conversation.next();
    while (!step.done) {
      let result: unknown;
      try {
        result = await this.make(step.value, context);
      } catch (thrown) {
        step = conversation.throw(thrown);
        continue;
      }
      step = conversation.next(result);
    }
    return step.value;
  }

  private async make(call: PeerCall, context: PeerContext): Promise<CallResults[PeerCall['do']]> {
    const { principal, peer } = context;
    switch (call.do) {
      case 'command':
        return this.commands.execute(principal, { ...call, ...keyFor(call.method, context) });
      case 'sessions':
        return this.commands.sessions(principal);
      case 'wait': {
        const session = checkSession(call.session);
        authorise(principal, 'control', session);
        const signal = AbortSignal.timeout(call.waitMs);
        return (await this.registry.until(session, known => known === null || call.until(known.status), signal))?.status;
      }
      case 'chats':
      case 'contacts':
      case 'messages':
      case 'labels':
        return this.reader.list(principal, call);
      case 'messagesById':
        return this.reader.messagesById(principal, call.session, call.id);
      case 'otherJid':
        return this.reader.otherJid(principal, call.session, call.jid);
      case 'eventMessage':
        return this.reader.eventMessage(principal, call);
      case 'bytes':
        return this.reader.bytes(principal, call.session, call.media);
      case 'webhooks':
        return this.webhooks.list(callerFor(principal, call.session), peer);
      case 'setWebhooks':
        return this.webhooks.set(callerFor(principal, call.session), peer, call.webhooks);
      case 'createToken': {
        const scopes = ['read', 'send', 'control'];
        return (await this.tokens.create(principal, { name: call.name, sessions: [call.session], scopes })).token;
      }
      case 'revokeTokens':
        if (!hasScope(principal, 'admin')) return undefined;
        for (const { id, name } of this.tokens.list(principal)) if (name === call.name) await this.tokens.revoke(principal, id);
        return undefined;
    }
  }
}

/** The key of a request belongs to the message that it sends; its other calls may be made again. */
function keyFor(method: CommandName, { idempotencyKey }: PeerContext): { idempotencyKey?: string } {
  return method === 'sendMessage' && idempotencyKey !== undefined ? { idempotencyKey } : {};
}

function callerFor(principal: Principal, session: unknown): Caller {
  return { principal, routeSession: checkSession(session) };
}
