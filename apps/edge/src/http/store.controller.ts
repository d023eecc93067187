import { Controller, Get, Param, Query } from '@nestjs/common';
import {
  parseJid,
  type ChatView,
  type ContactView,
  type GroupView,
  type LabelView,
  type LidMapView,
  type ModelPage,
  type SessionId,
  type StoredMessageView
} from '@wabus/contracts';
import { authorise } from '../auth/authorise.policy.js';
import { CurrentPrincipal } from '../auth/bearer.guard.js';
import type { Principal } from '../auth/principal.js';
import { checkSession } from '../commands-out/command-request.policy.js';
import { SessionRegistryStore } from '../commands-out/session.registry.store.js';
import { ReadModels, SearchLimiter, type ModelPageRequest } from '../read-models/reading/read-models.js';
import { invalidParameter, oneText, refuseOtherParameters, wholeNumber, type Query as Parameters } from './query.policy.js';

const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 50;
const MAX_CURSOR = 2_000;

/** Serves the chats, contacts, messages, groups and labels of a session from the read models, without a request to WhatsApp. */
@Controller('api/sessions/:session/store')
export class StoreController {
  constructor(
    private readonly models: ReadModels,
    private readonly registry: SessionRegistryStore,
    private readonly searches: SearchLimiter
  ) {}

  @Get('chats')
  async chats(
    @CurrentPrincipal() by: Principal,
    @Param('session') session: string,
    @Query() query: Parameters
  ): Promise<ModelPage<ChatView>> {
    const admitted = await this.admit(by, session);
    return this.searches.pass(by, () => this.models.chats(admitted, pageIn(query)));
  }

  @Get('chats/:jid')
  async chat(@CurrentPrincipal() by: Principal, @Param('session') session: string, @Param('jid') jid: string): Promise<ChatView> {
    return this.models.chat(await this.admit(by, session), jidIn(jid));
  }

  @Get('chats/:jid/messages')
  async messages(
    @CurrentPrincipal() by: Principal,
    @Param() { session, jid }: { session: string; jid: string },
    @Query() query: Parameters
  ): Promise<ModelPage<StoredMessageView>> {
    const admitted = await this.admit(by, session);
    refuseOtherParameters(query, ['before', 'limit']);
    const page = { query: null, cursor: oneText(query, 'before', MAX_CURSOR) ?? null, limit: limitIn(query) };
    return this.searches.pass(by, () => this.models.messages(admitted, jidIn(jid), page));
  }

  @Get('messages/search')
  async search(
    @CurrentPrincipal() by: Principal,
    @Param('session') session: string,
    @Query() query: Parameters
  ): Promise<ModelPage<StoredMessageView>> {
    const admitted = await this.admit(by, session);
    const page = pageIn(query);
    if (page.query === null) throw invalidParameter('query', 'is required');
    return this.searches.pass(by, () => this.models.searchMessages(admitted, page));
  }

  @Get('contacts')
  async contacts(
    @CurrentPrincipal() by: Principal,
    @Param('session') session: string,
    @Query() query: Parameters
  ): Promise<ModelPage<ContactView>> {
    const admitted = await this.admit(by, session);
    return this.searches.pass(by, () => this.models.contacts(admitted, pageIn(query)));
  }

  @Get('contacts/:jid')
  async contact(@CurrentPrincipal() by: Principal, @Param('session') session: string, @Param('jid') jid: string): Promise<ContactView> {
    return this.models.contact(await this.admit(by, session), jidIn(jid));
  }

  @Get('groups')
  async groups(
    @CurrentPrincipal() by: Principal,
    @Param('session') session: string,
    @Query() query: Parameters
  ): Promise<ModelPage<GroupView>> {
    const admitted = await this.admit(by, session);
    return this.searches.pass(by, () => this.models.groups(admitted, pageIn(query)));
  }

  @Get('groups/:jid')
  async group(@CurrentPrincipal() by: Principal, @Param('session') session: string, @Param('jid') jid: string): Promise<GroupView> {
    return this.models.group(await this.admit(by, session), jidIn(jid));
  }

  @Get('labels')
  async labels(
    @CurrentPrincipal() by: Principal,
    @Param('session') session: string,
    @Query() query: Parameters
  ): Promise<ModelPage<LabelView>> {
    const admitted = await this.admit(by, session);
    return this.searches.pass(by, () => this.models.labels(admitted, pageIn(query)));
  }

  @Get('lid-map/:jid')
  async lidMap(@CurrentPrincipal() by: Principal, @Param('session') session: string, @Param('jid') jid: string): Promise<LidMapView> {
    return this.models.lidMap(await this.admit(by, session), jidIn(jid));
  }

  private async admit(by: Principal, text: string): Promise<SessionId> {
    const session = checkSession(text);
    authorise(by, 'read', session);
    await this.registry.requireLiving(session);
    return session;
  }
}

function pageIn(query: Parameters): ModelPageRequest {
  refuseOtherParameters(query, ['query', 'cursor', 'limit']);
  return { query: oneText(query, 'query') ?? null, cursor: oneText(query, 'cursor', MAX_CURSOR) ?? null, limit: limitIn(query) };
}

const limitIn = (query: Parameters): number => wholeNumber(query, 'limit', { least: 1, most: MAX_LIMIT, otherwise: DEFAULT_LIMIT });

function jidIn(text: string): string {
  const jid = parseJid(text);
  if (jid === null) throw invalidParameter('jid', 'must be a jid, a LID or a phone number');
  return jid;
}
