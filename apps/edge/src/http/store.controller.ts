import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  parseJid,
  WabusError,
  type ChatView,
  type ContactView,
  type GroupView,
  type LabelView,
  type LidMapView,
  type ModelPage,
  type ModelStatus,
  type RebuildView,
  type Scope,
  type SessionId,
  type StoredMessageView
} from '@wabus/contracts';
import { authorise } from '../auth/authorise.policy.js';
import { CurrentPrincipal } from '../auth/bearer.guard.js';
import type { Principal } from '../auth/principal.js';
import { checkSession } from '../commands-out/command-request.policy.js';
import { SessionRegistryStore } from '../commands-out/session.registry.store.js';
import { ReadModels, type PageRequest } from '../read-models/reading/read-models.js';
import { invalidParameter, oneText, refuseOtherParameters, wholeNumber, type Query as Parameters } from './query.policy.js';

const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 50;
const MAX_CURSOR = 2_000;

/** What the event log says about chats, contacts, messages, groups and labels of a session, without asking WhatsApp. */
@Controller('api/sessions/:session')
export class StoreController {
  constructor(
    private readonly models: ReadModels,
    private readonly registry: SessionRegistryStore
  ) {}

  @Get('store/chats')
  async chats(
    @CurrentPrincipal() by: Principal,
    @Param('session') session: string,
    @Query() query: Parameters
  ): Promise<ModelPage<ChatView>> {
    return this.models.chats(await this.admit(by, 'read', session), pageIn(query));
  }

  @Get('store/chats/:jid')
  async chat(@CurrentPrincipal() by: Principal, @Param('session') session: string, @Param('jid') jid: string): Promise<ChatView> {
    return this.models.chat(await this.admit(by, 'read', session), jidIn(jid));
  }

  @Get('store/chats/:jid/messages')
  async messages(
    @CurrentPrincipal() by: Principal,
    @Param() { session, jid }: { session: string; jid: string },
    @Query() query: Parameters
  ): Promise<ModelPage<StoredMessageView>> {
    refuseOtherParameters(query, ['before', 'limit']);
    const page = { query: null, cursor: oneText(query, 'before', MAX_CURSOR) ?? null, limit: limitIn(query) };
    return this.models.messages(await this.admit(by, 'read', session), jidIn(jid), page);
  }

  @Get('store/messages/search')
  async search(
    @CurrentPrincipal() by: Principal,
    @Param('session') session: string,
    @Query() query: Parameters
  ): Promise<ModelPage<StoredMessageView>> {
    const page = pageIn(query);
    if (page.query === null) throw invalidParameter('query', 'is required');
    return this.models.searchMessages(await this.admit(by, 'read', session), page);
  }

  @Get('store/contacts')
  async contacts(
    @CurrentPrincipal() by: Principal,
    @Param('session') session: string,
    @Query() query: Parameters
  ): Promise<ModelPage<ContactView>> {
    return this.models.contacts(await this.admit(by, 'read', session), pageIn(query));
  }

  @Get('store/contacts/:jid')
  async contact(@CurrentPrincipal() by: Principal, @Param('session') session: string, @Param('jid') jid: string): Promise<ContactView> {
    return this.models.contact(await this.admit(by, 'read', session), jidIn(jid));
  }

  @Get('store/groups')
  async groups(
    @CurrentPrincipal() by: Principal,
    @Param('session') session: string,
    @Query() query: Parameters
  ): Promise<ModelPage<GroupView>> {
    return this.models.groups(await this.admit(by, 'read', session), pageIn(query));
  }

  @Get('store/groups/:jid')
  async group(@CurrentPrincipal() by: Principal, @Param('session') session: string, @Param('jid') jid: string): Promise<GroupView> {
    return this.models.group(await this.admit(by, 'read', session), jidIn(jid));
  }

  @Get('store/labels')
  async labels(
    @CurrentPrincipal() by: Principal,
    @Param('session') session: string,
    @Query() query: Parameters
  ): Promise<ModelPage<LabelView>> {
    return this.models.labels(await this.admit(by, 'read', session), pageIn(query));
  }

  @Get('store/lid-map/:jid')
  async lidMap(@CurrentPrincipal() by: Principal, @Param('session') session: string, @Param('jid') jid: string): Promise<LidMapView> {
    return this.models.lidMap(await this.admit(by, 'read', session), jidIn(jid));
  }

  @Get('models')
  async status(@CurrentPrincipal() by: Principal, @Param('session') session: string): Promise<ModelStatus> {
    return this.models.status(await this.admit(by, 'read', session));
  }

  @Post('models/rebuild')
  @HttpCode(202)
  async rebuild(@CurrentPrincipal() by: Principal, @Param('session') session: string, @Body() body: unknown): Promise<RebuildView> {
    return this.models.rebuild(await this.admit(by, 'admin', session), discardIn(body));
  }

  private async admit(by: Principal, scope: Scope, text: string): Promise<SessionId> {
    const session = checkSession(text);
    authorise(by, scope, session);
    await this.registry.requireLiving(session);
    return session;
  }
}

function pageIn(query: Parameters): PageRequest {
  refuseOtherParameters(query, ['query', 'cursor', 'limit']);
  return { query: oneText(query, 'query') ?? null, cursor: oneText(query, 'cursor', MAX_CURSOR) ?? null, limit: limitIn(query) };
}

const limitIn = (query: Parameters): number => wholeNumber(query, 'limit', { least: 1, most: MAX_LIMIT, otherwise: DEFAULT_LIMIT });

function jidIn(text: string): string {
  const jid = parseJid(text);
  if (jid === null) throw invalidParameter('jid', 'is a jid, a LID or a phone number');
  return jid;
}

/** `{discard?: boolean}`, or nothing. */
function discardIn(body: unknown): boolean {
  if (body === undefined || body === null) return false;
  const { discard = false, ...others } = body as { discard?: unknown };
  if (Array.isArray(body) || typeof discard !== 'boolean' || Object.keys(others).length > 0) {
    throw new WabusError('INVALID_REQUEST', { message: 'The body is {"discard": <boolean>}, or nothing.', details: { field: 'discard' } });
  }
  return discard;
}
