import { Injectable } from '@nestjs/common';
import { COMMAND_CATALOG, WabusError, type CommandName } from '@wabus/contracts';
import { authorise } from '../auth/authorise.policy.js';
import type { Principal } from '../auth/principal.js';
import { CommandClient } from '../commands-out/command.client.js';
import { checkSession } from '../commands-out/command-request.policy.js';
import { SessionRegistryStore } from '../commands-out/session.registry.store.js';
import type { Caller } from '../webhooks/webhook-administration.js';
import type { CallResults, PeerAnswer, PeerCall, PeerConversation, PeerName } from './compat.types.js';
import { PeerReader } from './peer.reader.js';
import { PeerTokens } from './peer-tokens.js';
import { PeerWebhooks } from './peer-webhooks.js';

/** The sender of a request. */
export interface PeerContext {
  readonly peer: PeerName;
  readonly principal: Principal;
  readonly idempotencyKey: string | undefined;
}

/** Executes the calls of a conversation in order. Each passes the same checks and limits as on the routes of Wabus. */
@Injectable()
export class PeerCaller {
  constructor(
    private readonly commands: CommandClient,
    private readonly registry: SessionRegistryStore,
    private readonly reader: PeerReader,
    private readonly webhooks: PeerWebhooks,
    private readonly tokens: PeerTokens
  ) {}

  /** Returns the response of a conversation. Throws the errors of its calls, unless the conversation handles them. */
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
      case 'beginSession':
        return this.begin(principal, call.session, call.args);
      case 'finishSession': {
        const session = checkSession(call.session);
        authorise(principal, 'control', session);
        await this.registry.finish(session, performance.now() + COMMAND_CATALOG.createSession.deadlineMs);
        return undefined;
      }
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
        const session = checkSession(call.session);
        const token = await this.tokens.create(principal, session);
        try {
          await this.registry.requireLiving(session);
        } catch (thrown) {
          await this.tokens.revoke(session);
          throw thrown;
        }
        return token;
      }
    }
  }

  private async begin(principal: Principal, session: unknown, args: object): Promise<undefined> {
    try {
      await this.commands.execute(principal, { session, method: 'createSession', args }, { inSteps: true });
    } catch (thrown) {
      if (!(thrown instanceof WabusError && thrown.code === 'SESSION_EXISTS')) throw thrown;
      const record = await this.registry.requireLiving(checkSession(session)).catch(() => null);
      if (record?.unfinishedBy !== principal.id) throw thrown;
    }
    return undefined;
  }
}

/** The key of a request applies to the message that it sends. Its other calls may be repeated. */
function keyFor(method: CommandName, { idempotencyKey }: PeerContext): { idempotencyKey?: string } {
  return method === 'sendMessage' && idempotencyKey !== undefined ? { idempotencyKey } : {};
}

function callerFor(principal: Principal, session: unknown): Caller {
  return { principal, routeSession: checkSession(session) };
}
