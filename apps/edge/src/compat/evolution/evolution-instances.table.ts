import { WabusError, type SessionStatusRecord, type SessionView, type WebhookView } from '@wabus/contracts';
import type { PeerConversation, PeerRequest, PeerRoute, PlainAnswer } from '../compat.types.js';
import { given, isJsonObject, objectOf, optionalFlag, optionalText, optionalTexts, textIn } from '../peer-fields.policy.js';
import { call, perform, created, json, ok, rowsOf, waited } from '../peer-calls.policy.js';
import { eventsForEvolution } from './evolution-events.table.js';
import { evolutionState } from './evolution-message.codec.js';

const instances = rowsOf('instance');
const webhooks = rowsOf('webhook');
const settings = rowsOf('settings');
const integrations = rowsOf('integrations');

/** How long a request waits for a QR code. Evolution API waits 5 s. */
const QR_MS = 8_000;
const SETTLED_MS = 15_000;

export const INTEGRATION = 'WHATSAPP-BAILEYS';

/** The settings that Evolution API has for each instance, with their values in Wabus. */
const SETTINGS = {
  rejectCall: false,
  msgCall: '',
  groupsIgnore: false,
  alwaysOnline: false,
  readMessages: false,
  readStatus: false,
  syncFullHistory: false,
  wavoipToken: ''
};

/** Returns a QR code in the format of Evolution API, which is empty until a code is available. */
function* qrOf(session: unknown, number: string | undefined): PeerConversation<Record<string, unknown>> {
  const isReady = (status: SessionStatusRecord | undefined): boolean =>
    status?.state === 'open' || (status?.state === 'pairing' && status.qr !== null) || status?.state === 'failed';
  const status = yield* waited(session, QR_MS, isReady);
  if (status?.state !== 'pairing') return { pairingCode: null, count: 0 };
  let pairingCode: string | null = null;
  if (number !== undefined && number !== '') {
    const { code } = yield* perform<{ code: string }>(session, 'requestPairingCode', { phoneNumber: number });
    pairingCode = code;
  }
  try {
    const raw = yield* perform<{ qr: string; attempt: number }>(session, 'getQr', { format: 'raw' });
    const png = yield* perform<{ qr: string }>(session, 'getQr', { format: 'png' });
    return { pairingCode, code: raw.qr, base64: png.qr, count: raw.attempt };
  } catch (thrown) {
    if (thrown instanceof WabusError && ['QR_NOT_AVAILABLE', 'ALREADY_PAIRED'].includes(thrown.code)) return { pairingCode, count: 0 };
    throw thrown;
  }
}

/** A webhook that a program sets, in any of the formats of Evolution API; `null` if the request sets none. */
interface ProgramWebhook {
  readonly enabled: boolean;
  readonly url: string;
  readonly events: readonly string[];
  readonly byEvents: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

function webhookIn(fields: Readonly<Record<string, unknown>>): ProgramWebhook | null {
  const nested = isJsonObject(fields['webhook']) ? fields['webhook'] : null;
  const flat = typeof fields['webhook'] === 'string' ? { ...fields, url: fields['webhook'] } : fields;
  const source: Readonly<Record<string, unknown>> = nested ?? flat;
  const url = optionalText(source, 'url') ?? optionalText(source, 'webhookUrl');
  if (url === undefined || url === '') return null;
  const events = optionalTexts(source, 'events') ?? optionalTexts(source, 'webhookEvents') ?? [];
  const byEvents = optionalFlag(source, 'byEvents') ?? optionalFlag(source, 'webhookByEvents') ?? optionalFlag(source, 'webhook_by_events');
  const headers = Object.entries(objectOf(source['headers'])).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return {
    enabled: optionalFlag(source, 'enabled') ?? true,
    url,
    events,
    byEvents: byEvents ?? false,
    headers: Object.fromEntries(headers)
  };
}

/** Sets the webhook of an instance, which has at most one. */
function* setWebhook(session: unknown, wanted: ProgramWebhook): PeerConversation<WebhookView | null> {
  const { enabled, url, events, byEvents, headers } = wanted;
  const webhook = {
    url,
    events: eventsForEvolution(events),
    description: 'Set in the form of Evolution API',
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    format: 'evolution',
    formatOptions: { byEvents, ...(events.length === 0 ? {} : { events }) }
  };
  const [made] = yield* call({ do: 'setWebhooks', session, webhooks: enabled ? [webhook] : [] });
  return made ?? null;
}

function webhookView(webhook: WebhookView, instance: string): Record<string, unknown> {
  const { id, url, headerNames, formatOptions, createdAt, updatedAt } = webhook;
  return {
    id,
    url,
    headers: headerNames.length === 0 ? null : Object.fromEntries(headerNames.map(name => [name, '***'])),
    enabled: true,
    events: formatOptions === null || formatOptions.events === '*' ? [] : formatOptions.events,
    webhookByEvents: formatOptions?.byEvents ?? false,
    webhookBase64: false,
    createdAt,
    updatedAt,
    instanceId: instance
  };
}

function proxyIn(body: PeerRequest['body']): { proxy?: string } {
  const host = optionalText(body, 'proxyHost');
  if (host === undefined || host === '') return {};
  const [protocol, port] = [optionalText(body, 'proxyProtocol') ?? 'http', optionalText(body, 'proxyPort') ?? '80'];
  const [username, password] = [optionalText(body, 'proxyUsername'), optionalText(body, 'proxyPassword') ?? ''];
  const credentials = username ? `${encodeURIComponent(username)}:${encodeURIComponent(password)}@` : '';
  return { proxy: `${protocol}://${credentials}${host}:${port}` };
}

/** Creates a token for this instance alone. Returns `null` if the caller may not issue tokens. */
function* tokenFor(session: string): PeerConversation<string | null> {
  try {
    return yield* call({ do: 'createToken', session });
  } catch (thrown) {
    if (thrown instanceof WabusError && thrown.code === 'FORBIDDEN') return null;
    throw thrown;
  }
}

function* createInstance({ body }: PeerRequest): PeerConversation {
  const session = textIn(body, 'instanceName');
  const number = optionalText(body, 'number');
  yield* call({ do: 'beginSession', session, args: proxyIn(body) });
  const wanted = webhookIn(body);
  try {
    if (wanted !== null) yield* setWebhook(session, wanted);
  } catch (thrown) {
    yield* perform(session, 'deleteSession');
    throw thrown;
  }
  const qrcode = optionalFlag(body, 'qrcode') === true ? yield* qrOf(session, number) : undefined;
  const hash = yield* tokenFor(session);
  yield* call({ do: 'finishSession', session });
  return created({
    instance: {
      instanceName: session,
      instanceId: session,
      integration: INTEGRATION,
      webhookWaBusiness: null,
      accessTokenWaBusiness: '',
      status: qrcode === undefined ? 'created' : 'connecting'
    },
    hash,
    webhook: { webhookUrl: wanted?.url, webhookHeaders: wanted?.headers, webhookByEvents: wanted?.byEvents, webhookBase64: false },
    websocket: { enabled: false },
    rabbitmq: { enabled: false },
    nats: { enabled: false },
    sqs: { enabled: false },
    settings: SETTINGS,
    ...given({ qrcode })
  });
}

function instanceView({ session, createdAt, status }: SessionView): Record<string, unknown> {
  const { account, state, lastDisconnect, updatedAt } = status;
  return {
    id: session,
    name: session,
    connectionStatus: evolutionState(state),
    ownerJid: account?.id.replace(/:\d+@/, '@') ?? null,
    profileName: account?.name ?? null,
    profilePicUrl: null,
    integration: INTEGRATION,
    number: null,
    businessId: null,
    token: null,
    clientName: 'wabus',
    disconnectionReasonCode: lastDisconnect?.code ?? null,
    disconnectionObject: null,
    disconnectionAt: lastDisconnect?.at ?? null,
    createdAt,
    updatedAt,
    Setting: SETTINGS
  };
}

function* fetchInstances({ query }: PeerRequest): PeerConversation {
  const all = yield* call({ do: 'sessions' });
  const name = optionalText(query, 'instanceName') ?? optionalText(query, 'instanceId');
  const shown = name === undefined || name === '' ? all : all.filter(({ session }) => session === name);
  if (name !== undefined && name !== '' && shown.length === 0) return notFound(`Instance "${name}" not found`);
  return ok(shown.map(instanceView));
}

const notFound = (message: string): PlainAnswer => ({
  status: 404,
  body: { status: 404, error: 'Not Found', response: { message: [message] } }
});

const stateOf = (session: string, view: SessionView): Record<string, unknown> => ({
  instance: { instanceName: session, state: evolutionState(view.status.state) }
});

const instanceIn = ({ params }: PeerRequest): string => params['instance']!;

function* connect(request: PeerRequest): PeerConversation {
  const session = instanceIn(request);
  const view = yield* perform<SessionView>(session, 'getSession');
  if (view.status.state === 'open') return ok(stateOf(session, view));
  if (evolutionState(view.status.state) === 'close') yield* perform(session, 'startSession');
  return ok(yield* qrOf(session, optionalText(request.query, 'number')));
}

function* logout(request: PeerRequest): PeerConversation {
  const session = instanceIn(request);
  const { status } = yield* perform<SessionView>(session, 'getSession');
  if (status.account === null && evolutionState(status.state) === 'close') {
    const message = [`The "${session}" instance is not connected`];
    return json(400, { status: 400, error: 'Bad Request', response: { message } });
  }
  yield* perform(session, 'logoutSession');
  yield* waited(session, SETTLED_MS, now => !now?.account && ['stopped', 'logged-out'].includes(now?.state ?? 'stopped'));
  return ok({ status: 'SUCCESS', error: false, response: { message: 'Instance logged out' } });
}

function* remove(request: PeerRequest): PeerConversation {
  const session = instanceIn(request);
  yield* perform(session, 'deleteSession');
  return ok({ status: 'SUCCESS', error: false, response: { message: 'Instance deleted' } });
}

function* restart(request: PeerRequest): PeerConversation {
  const session = instanceIn(request);
  const view = yield* perform<SessionView>(session, 'restartSession');
  return ok({ instance: { instanceName: session, instanceId: session, state: 'connecting', status: view.status.state } });
}

const PRESENCE = 'PUT /api/sessions/{session}/presence';
const WEBHOOK = 'POST /api/sessions/{session}/webhooks';
const LISTEN = 'a program that reads the stream WABUS_EVENTS on NATS';
const NO_INTEGRATION = 'Wabus has no such integration; write a program that receives events from a webhook.';

export const EVOLUTION_INSTANCES: readonly PeerRoute[] = [
  instances.serve('POST /instance/create', 'POST /api/sessions', createInstance, {
    common: true,
    note: 'If the key has the scope `admin`, the field `hash` in the response contains a token for the new session. The edge ignores `token`, settings and integrations.'
  }),
  instances.serve('GET /instance/fetchInstances', 'GET /api/sessions', fetchInstances, { common: true }),
  instances.serve('GET /instance/connect/{instance}', 'GET /api/sessions/{session}/qr', connect, { common: true }),
  instances.serve(
    'GET /instance/connectionState/{instance}',
    'GET /api/sessions/{session}/status',
    function* (request) {
      return ok(stateOf(instanceIn(request), yield* perform<SessionView>(instanceIn(request), 'getSession')));
    },
    { common: true }
  ),
  instances.serve('POST /instance/restart/{instance}', 'POST /api/sessions/{session}/restart', restart, { common: true }),
  instances.serve('PUT /instance/restart/{instance}', 'POST /api/sessions/{session}/restart', restart, {
    note: 'This call is from version 1 of Evolution API.'
  }),
  instances.serve('DELETE /instance/logout/{instance}', 'POST /api/sessions/{session}/logout', logout, { common: true }),
  instances.serve('DELETE /instance/delete/{instance}', 'DELETE /api/sessions/{session}', remove, { common: true }),
  instances.serve('POST /instance/setPresence/{instance}', PRESENCE, function* (request) {
    const presence = textIn(request.body, 'presence');
    yield* perform(instanceIn(request), 'sendPresenceUpdate', { type: presence });
    return created({ presence });
  }),
  webhooks.serve(
    'POST /webhook/set/{instance}',
    WEBHOOK,
    function* (request) {
      const session = instanceIn(request);
      const wanted = webhookIn(request.body);
      if (wanted === null) return json(400, { status: 400, error: 'Bad Request', response: { message: ['Invalid "url" property'] } });
      const made = yield* setWebhook(session, wanted);
      if (made !== null) return created(webhookView(made, session));
      const { url, byEvents } = wanted;
      return created({ url, enabled: false, events: [], webhookByEvents: byEvents, webhookBase64: false, instanceId: session });
    },
    { common: true, note: 'The edge ignores `webhookBase64`. To get a file, use `POST /chat/getBase64FromMediaMessage/{instance}`.' }
  ),
  webhooks.serve(
    'GET /webhook/find/{instance}',
    'GET /api/sessions/{session}/webhooks',
    function* (request) {
      const [webhook] = yield* call({ do: 'webhooks', session: instanceIn(request) });
      return ok(webhook ? webhookView(webhook, instanceIn(request)) : null);
    },
    { common: true }
  ),
  settings.serve('GET /settings/find/{instance}', 'GET /api/sessions/{session}', function* (request) {
    yield* perform(instanceIn(request), 'getSession');
    return ok({ ...SETTINGS, instanceId: instanceIn(request) });
  }),
  settings.refuse(
    'POST /settings/set/{instance}',
    'PATCH /api/sessions/{session}/settings',
    'Wabus has no settings for calls or read receipts; let your program react to the events `call` and `messages.upsert`.'
  ),
  settings.refuse('POST /proxy/set/{instance}', 'PATCH /api/sessions/{session}/settings'),
  settings.refuse('GET /proxy/find/{instance}', 'GET /api/sessions/{session}/settings'),
  ...['chatwoot', 'typebot', 'openai', 'dify', 'flowise', 'evolutionBot', 'evoai', 'n8n'].flatMap(name => [
    ...['create', 'set', 'settings'].map(what => integrations.refuse(`POST /${name}/${what}/{instance}`, WEBHOOK, NO_INTEGRATION)),
    integrations.refuse(`GET /${name}/find/{instance}`, WEBHOOK, NO_INTEGRATION)
  ]),
  ...['rabbitmq', 'nats', 'sqs', 'kafka', 'pusher', 'websocket', 's3'].flatMap(name => [
    integrations.refuse(`POST /${name}/set/{instance}`, LISTEN),
    integrations.refuse(`GET /${name}/find/{instance}`, LISTEN)
  ]),
  ...['create', 'delete'].map(what =>
    integrations.refuse(`POST /template/${what}/{instance}`, WEBHOOK, 'Only Meta’s Cloud API has templates.')
  ),
  integrations.refuse('GET /template/find/{instance}', WEBHOOK, 'Only Meta’s Cloud API has templates.')
];
