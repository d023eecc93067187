import { Injectable } from '@nestjs/common';
import { CommandProxy, withDeadline, type OutgoingCommand } from '@wabus/broker';
import {
  WabusError,
  encodeCommandBody,
  type CommandName,
  type CreateSessionRequest,
  type DesiredState,
  type GetQrRequest,
  type QrCode,
  type SessionView
} from '@wabus/contracts';
import { MetricsRegistry, type Histogram } from '@wabus/runtime';
import { firstValueFrom } from 'rxjs';
import { authorise, hasScope, mayReach, requireScope } from '../auth/authorise.policy.js';
import type { Principal } from '../auth/principal.js';
import { ArgumentCompletion } from './argument-completion.js';
import { checkCommand, type CheckedCommand, type UncheckedCommand } from './command-request.policy.js';
import { CommandLimiter } from './command.limiter.js';
import { renderQr, visibleQr } from './qr.renderer.js';
import { glimpseOf, type LifecycleCommand } from './session-view.policy.js';
import { SessionProxies } from './session-proxies.js';
import { SessionRegistryStore, type NewSession } from './session.registry.store.js';

/** Facts about a command that only the edge itself can set. */
export interface CommandOrigin {
  /** Whether the session is created in several steps (see `SessionRecord.unfinishedBy`). */
  readonly inSteps?: boolean;
}

type RegistryHandler = (command: CheckedCommand, principal: Principal, origin: CommandOrigin) => Promise<unknown>;

/**
 * Executes every command, whichever API it came through: checks and authorizes it, and passes it to the registry or to the connector that owns the session.
 */
@Injectable()
export class CommandClient {
  private readonly registryHandlers: Partial<Record<CommandName, RegistryHandler>> = {
    createSession: (command, principal, { inSteps }) => this.create(command, inSteps ? { unfinishedBy: principal.id } : {}),
    getSession: async ({ session }, principal) => seenBy(principal, await this.registry.view(session)),
    getQr: command => this.qr(command),
    startSession: command => this.edit(command, 'startSession'),
    stopSession: command => this.edit(command, 'stopSession'),
    restartSession: command => this.edit(command, 'restartSession'),
    logoutSession: command => this.edit(command, 'logoutSession'),
    deleteSession: command => this.edit(command, 'deleteSession')
  };

  private readonly seconds: Histogram<'method' | 'outcome'>;

  constructor(
    private readonly owners: CommandProxy,
    private readonly registry: SessionRegistryStore,
    private readonly limiter: CommandLimiter,
    private readonly completion: ArgumentCompletion,
    private readonly proxies: SessionProxies,
    metrics: MetricsRegistry
  ) {
    this.seconds = metrics.histogram({
      name: 'wabus_edge_command_seconds',
      help: 'Time from a well-formed command to its outcome: `ok` or an error code.',
      labels: ['method', 'outcome'],
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 30]
    });
  }

  /**
   * Returns the reply of the command, as described in the command catalog. Throws `WabusError`: `INVALID_REQUEST`, `UNKNOWN_COMMAND`, `INVALID_ARGUMENTS`,
   * `FORBIDDEN`, `RATE_LIMITED`, `UNKNOWN_SESSION`, `NO_OWNER`, `TIMEOUT`, `BROKER_UNAVAILABLE`, and the errors of the owner.
   */
  async execute(principal: Principal, unchecked: UncheckedCommand, origin: CommandOrigin = {}): Promise<unknown> {
    const command = checkCommand(unchecked);
    const { method, row, session } = command;
    const finished = this.seconds.startTimer({ method });
    try {
      authorise(principal, row.scope, session);
      this.limiter.take(principal, command);
      const isEdit = row.target === 'registry';
      const reply = isEdit ? await this.editRegistry(command, principal, origin) : await this.askOwner(principal, command);
      finished({ outcome: 'ok' });
      return reply;
    } catch (thrown) {
      finished({ outcome: WabusError.from(thrown).code });
      throw thrown;
    }
  }

  /** Returns the sessions that the principal may reach. Throws `FORBIDDEN` without `read`. */
  sessions(principal: Principal): SessionView[] {
    requireScope(principal, 'read');
    const reached = this.registry.list().filter(({ session }) => mayReach(principal, session as CheckedCommand['session']));
    return reached.map(view => seenBy(principal, view));
  }

  private async askOwner(principal: Principal, { session, method, args, deadlineMs, idempotencyKey }: CheckedCommand): Promise<unknown> {
    const deadlineAt = performance.now() + deadlineMs;
    const { desired, stored } = await this.prepared(principal, { session, method, args, deadlineMs, idempotencyKey });
    const remainingMs = Math.ceil(deadlineAt - performance.now());
    // Files were fetched, but nothing was sent to the owner, so the error is certain.
    if (remainingMs <= 0) throw new WabusError('EGRESS_FAILED', { details: { reason: 'timeout' }, certain: true });
    const request: OutgoingCommand = { session, body: encodeCommandBody(stored), deadlineMs: remainingMs, idempotencyKey };
    try {
      return await firstValueFrom(this.owners.send<unknown>(method, request), { defaultValue: undefined });
    } catch (thrown) {
      throw desired === 'running' ? thrown : notRunning(thrown, session, desired);
    }
  }

  /** Prepares a command for a connector. Its errors are certain, because no connector has received the command. */
  private async prepared(
    principal: Principal,
    {
      session,
      method,
      args,
      deadlineMs,
      idempotencyKey
    }: Pick<CheckedCommand, 'session' | 'method' | 'args' | 'deadlineMs' | 'idempotencyKey'>
  ): Promise<{ desired: DesiredState; stored: object }> {
    try {
      const { desired } = await this.registry.requireLiving(session);
      const stored = await this.completion.complete({ principal, session, method, args, idempotencyKey, limitMs: deadlineMs });
      return { desired, stored };
    } catch (thrown) {
      throw WabusError.beforeEffect(thrown);
    }
  }

  private async editRegistry(command: CheckedCommand, principal: Principal, origin: CommandOrigin): Promise<unknown> {
    const handler = this.registryHandlers[command.method];
    if (handler === undefined) throw new WabusError('INTERNAL', { cause: new Error(`no handler for registry command ${command.method}`) });
    return withDeadline(command.deadlineMs, () => handler(command, principal, origin));
  }

  private async create({ session, args }: CheckedCommand, begun: Pick<NewSession, 'unfinishedBy'>): Promise<SessionView> {
    const { proxy } = args as CreateSessionRequest;
    const settings = proxy === undefined ? {} : { settings: { proxy: await this.proxies.stored(session, proxy) } };
    return this.registry.create(session, { ...settings, ...begun });
  }

  private edit({ session, deadlineMs }: CheckedCommand, command: LifecycleCommand): Promise<SessionView> {
    return this.registry.edit(session, command, performance.now() + deadlineMs);
  }

  private async qr({ session, args }: CheckedCommand): Promise<QrCode> {
    const { format = 'raw' } = args as GetQrRequest;
    const { text, ttlMs, attempt } = visibleQr(await this.registry.status(session), new Date());
    return { format, qr: await renderQr(text, format), ttlMs, attempt };
  }
}

/** No connector runs a session whose desired state is not running, so waiting would not help. */
function notRunning(thrown: unknown, session: string, desired: DesiredState): unknown {
  if (!(thrown instanceof WabusError) || thrown.code !== 'NO_OWNER') return thrown;
  const message = `No connector runs session "${session}", which is ${desired}. Start it first. Nothing was done.`;
  return new WabusError('NO_OWNER', { message, details: { ...thrown.details, session, desired }, retryable: false, cause: thrown });
}

function seenBy(principal: Principal, view: SessionView): SessionView {
  return hasScope(principal, 'control') ? view : glimpseOf(view);
}
