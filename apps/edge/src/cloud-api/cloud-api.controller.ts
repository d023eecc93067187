import { randomUUID } from 'node:crypto';
import { All, Controller, Delete, Get, HttpCode, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { isLid, isPn, type SessionId, type SessionView } from '@wabus/contracts';
import type { Request, Response } from 'express';
import { authorise } from '../auth/authorise.policy.js';
import { CurrentPrincipal } from '../auth/bearer.guard.js';
import type { Principal } from '../auth/principal.js';
import { CommandClient } from '../commands-out/command.client.js';
import { checkSession } from '../commands-out/command-request.policy.js';
import { SessionRegistryStore } from '../commands-out/session.registry.store.js';
import { AnyBody } from '../http/json-body.guard.js';
import { KnownPeople } from '../read-models/reading/known-people.js';
import { CloudErrorFilter } from './cloud-error.filter.js';
import { CLOUD_FAILURES, CloudRefusal } from './cloud-error.table.js';
import { cloudPerson, displayNumber } from './cloud-event.policy.js';
import { CloudFiles } from './cloud-files.js';
import { CloudMedia } from './cloud-media.service.js';
import { checkVersion } from './cloud-version.policy.js';
import { cloudRequest, type CloudRead, type CloudSend } from './cloud-request.policy.js';
import { decodeMediaId, encodeWamid, outgoingMessageId } from './wamid.codec.js';

/** The settings of Meta's Cloud API. */
export abstract class CloudApiSettings {
  /** Whether templates are sent as the text of their components instead of being refused. */
  abstract readonly templatesAsText: boolean;
}

interface Path {
  readonly version: string;
  readonly id: string;
}

const SUCCESS = { success: true } as const;
/**
 * Serves the calls of Meta's Cloud API. Each call runs a command like any other, with the same checks. `id` is the session, decoded
 * and authorized once in each call.
 */
@Controller('v:version')
@UseFilters(CloudErrorFilter)
export class CloudApiController {
  constructor(
    private readonly settings: CloudApiSettings,
    private readonly commands: CommandClient,
    private readonly registry: SessionRegistryStore,
    private readonly media: CloudMedia,
    private readonly files: CloudFiles,
    private readonly people: KnownPeople
  ) {}

  @Post(':id/messages')
  @HttpCode(200)
  async message(@CurrentPrincipal() principal: Principal, @Param() path: Path, @Req() request: Request): Promise<object> {
    const session = sessionOf(path);
    authorise(principal, 'send', session);
    const asked = cloudRequest(request.body as unknown, { session, templatesAsText: this.settings.templatesAsText });
    if (asked.kind === 'read') return this.read(principal, session, asked);
    return this.send(principal, session, { asked, idempotencyKey: request.get('idempotency-key') });
  }

  @Post(':id/media')
  @AnyBody()
  @HttpCode(200)
  async upload(@CurrentPrincipal() principal: Principal, @Param() path: Path, @Req() request: Request): Promise<object> {
    const session = sessionOf(path);
    authorise(principal, 'send', session);
    return { id: await this.files.upload(principal, session, request) };
  }

  /** Returns a phone number, or the facts about a file. */
  @Get(':id')
  async object(@CurrentPrincipal() principal: Principal, @Param() path: Path, @Req() request: Request): Promise<object> {
    checkVersion(path);
    if (decodeMediaId(path.id) === null) return this.number(principal, sessionOf(path));
    const key = this.media.keyOf(principal, 'read', path.id);
    const url = `${this.files.originOf(request)}/v${path.version}/${path.id}/content`;
    return { messaging_product: 'whatsapp', url, ...(await this.media.facts(key)), id: path.id };
  }

  @Get(':id/content')
  async content(
    @CurrentPrincipal() principal: Principal,
    @Param() path: Path,
    @Req() request: Request,
    @Res() response: Response
  ): Promise<void> {
    checkVersion(path);
    const file = await this.media.content(principal, this.media.keyOf(principal, 'read', path.id));
    await this.files.send(file, principal, { request, response });
  }

  @Delete(':id')
  async remove(@CurrentPrincipal() principal: Principal, @Param() path: Path): Promise<object> {
    checkVersion(path);
    await this.media.remove(this.media.keyOf(principal, 'send', path.id));
    return SUCCESS;
  }

  @Get(':id/phone_numbers')
  async numbers(@CurrentPrincipal() principal: Principal, @Param() path: Path): Promise<object> {
    return { data: [await this.number(principal, sessionOf(path))] };
  }

  /** Programs request these before they store a number. They have no meaning for a linked device. */
  @Get([':id/message_templates', ':id/subscribed_apps'])
  async nothing(@CurrentPrincipal() principal: Principal, @Param() path: Path): Promise<object> {
    await this.known(principal, sessionOf(path));
    return { data: [] };
  }

  @Post([':id/subscribed_apps', ':id/register', ':id/deregister'])
  @HttpCode(200)
  async accept(@CurrentPrincipal() principal: Principal, @Param() path: Path): Promise<object> {
    await this.known(principal, sessionOf(path));
    return SUCCESS;
  }

  @Delete(':id/subscribed_apps')
  async unsubscribe(@CurrentPrincipal() principal: Principal, @Param() path: Path): Promise<object> {
    await this.known(principal, sessionOf(path));
    return SUCCESS;
  }

  @All('*path')
  unknown(): never {
    throw new CloudRefusal(CLOUD_FAILURES.path, 'This call is not supported: docs/cloud-api.md lists the supported calls.');
  }

  private async send(
    principal: Principal,
    session: SessionId,
    { asked, idempotencyKey }: { asked: CloudSend; idempotencyKey: string | undefined }
  ): Promise<object> {
    const { jid, input, fetch, options } = asked;
    const file = fetch && { [fetch.field]: { media: await this.media.fetched(principal, session, fetch.from) } };
    // A repeated request with the same key must have the same message id.
    const messageId = outgoingMessageId(idempotencyKey === undefined ? randomUUID() : `${session} ${jid} ${idempotencyKey}`);
    const args = { jid, content: { ...asked.content, ...file }, options: { correlation: messageId, ...options, messageId } };
    await this.commands.execute(principal, { session, method: 'sendMessage', args, idempotencyKey });
    const id = encodeWamid({ fromMe: true, id: messageId, chat: null, participant: null });
    return { messaging_product: 'whatsapp', contacts: [{ input, ...(await this.recipient(session, jid)) }], messages: [{ id }] };
  }

  private async recipient(session: SessionId, jid: string): Promise<object> {
    if (!isPn(jid) && !isLid(jid)) return { wa_id: jid };
    const other = isLid(jid) ? await this.people.otherOf(session, jid).catch(() => null) : null;
    const { waId, userId } = cloudPerson(jid, other, () => null);
    return { wa_id: waId, ...(userId === null ? {} : { user_id: userId }) };
  }

  private async read(principal: Principal, session: SessionId, { key, chat, typing }: CloudRead): Promise<object> {
    await this.commands.execute(principal, { session, method: 'readMessages', args: { keys: [key] } });
    if (typing) await this.commands.execute(principal, { session, method: 'sendPresenceUpdate', args: { type: 'composing', toJid: chat } });
    return SUCCESS;
  }

  private async number(principal: Principal, session: SessionId): Promise<object> {
    const { status } = await this.known(principal, session);
    const { account, state } = status;
    const number = displayNumber({ session, account: account === null ? [] : [account.id] });
    return {
      id: session,
      display_phone_number: account === null ? number : `+${number}`,
      verified_name: account?.name ?? session,
      code_verification_status: 'VERIFIED',
      quality_rating: 'GREEN',
      platform_type: 'CLOUD_API',
      throughput: { level: 'STANDARD' },
      status: state === 'open' ? 'CONNECTED' : 'DISCONNECTED'
    };
  }

  private known(principal: Principal, session: SessionId): Promise<SessionView> {
    authorise(principal, 'read', session);
    return this.registry.view(session);
  }
}

function sessionOf(path: Path): SessionId {
  checkVersion(path);
  return checkSession(path.id);
}
