import { randomBytes } from 'node:crypto';
import { WabusError, type SessionStatusRecord, type SessionView, type WebhookView } from '@wabus/contracts';
import type { PeerConversation, PeerRequest, PeerRoute } from '../compat.types.js';
import {
  given,
  isJsonObject,
  listOf,
  objectOf,
  optionalFlag,
  optionalText,
  optionalTexts,
  textIn,
  wrongField
} from '../peer-fields.policy.js';
import type { WantedWebhook } from '../peer-webhooks.policy.js';
import { call, perform, created, json, ok, rowsOf, waited } from '../peer-calls.policy.js';
import { eventsForWaha } from './waha-events.table.js';
import { WAHA_ENGINE, wahaMe, wahaSession } from './waha-session.codec.js';

const { serve, refuse } = rowsOf('sessions');

/** The time limit of requests that wait for a state, in ms. */
const SETTLED_MS = 15_000;

function* viewed(session: unknown): PeerConversation<Record<string, unknown>> {
  const view = yield* perform<SessionView>(session, 'getSession');
  return wahaSession(view, yield* webhooksOf(session));
}

/** A caller that may only read a session does not see its webhooks. */
function* webhooksOf(session: unknown): PeerConversation<WebhookView[]> {
  try {
    return yield* call({ do: 'webhooks', session });
  } catch {
    return [];
  }
}

function proxyOf(config: Record<string, unknown>): { proxy?: string } {
  if (!isJsonObject(config['proxy'])) return {};
  const server = textIn(config['proxy'], 'server');
  const [username, password] = [optionalText(config['proxy'], 'username'), optionalText(config['proxy'], 'password')];
  const credentials = username === undefined ? '' : `${encodeURIComponent(username)}:${encodeURIComponent(password ?? '')}@`;
  return { proxy: /^[a-z0-9]+:\/\//i.test(server) ? server : `http://${credentials}${server}` };
}

/** Converts a webhook of WAHA to the fields of Wabus. The secret of `hmac` signs as in WAHA. */
function webhookOf(webhook: unknown): WantedWebhook {
  const fields = objectOf(webhook);
  const events = optionalTexts(fields, 'events') ?? ['message'];
  const ours = eventsForWaha(events);
  if (ours.length === 0) throw wrongField('config.webhooks.events', `must name events that Wabus has, not ${events.join(', ')}`);
  const headers = listOf(fields['customHeaders']).map(one => [textIn(objectOf(one), 'name'), textIn(objectOf(one), 'value')] as const);
  const key = isJsonObject(fields['hmac']) ? optionalText(fields['hmac'], 'key') : undefined;
  return {
    url: textIn(fields, 'url'),
    events: ours,
    description: 'Set in the form of WAHA',
    ...(headers.length === 0 ? {} : { headers: Object.fromEntries(headers) }),
    format: 'waha',
    formatOptions: given({ events, hmacKey: key })
  };
}

function* setWebhooks(session: unknown, config: Record<string, unknown>): PeerConversation<void> {
  yield* call({ do: 'setWebhooks', session, webhooks: listOf(config['webhooks']).map(webhookOf) });
}

const configIn = (body: PeerRequest['body']): Record<string, unknown> => objectOf(body['config']);

function* createSession({ body }: PeerRequest): PeerConversation {
  const session = optionalText(body, 'name') ?? `session_${randomBytes(12).toString('hex')}`;
  const config = configIn(body);
  yield* call({ do: 'beginSession', session, args: proxyOf(config) });
  if (optionalFlag(body, 'start') === false) yield* perform(session, 'stopSession');
  try {
    if (config['webhooks'] !== undefined && config['webhooks'] !== null) yield* setWebhooks(session, config);
  } catch (thrown) {
    yield* perform(session, 'deleteSession');
    throw thrown;
  }
  yield* call({ do: 'finishSession', session });
  return created(yield* viewed(session));
}

function* updateSession({ params, body }: PeerRequest): PeerConversation {
  const { session } = params;
  yield* perform(session, 'getSession');
  if (isJsonObject(body['config'])) yield* setWebhooks(session, body['config']);
  return ok(yield* viewed(session));
}

const lifecycle = (method: 'startSession' | 'stopSession' | 'restartSession') =>
  function* ({ params }: PeerRequest): PeerConversation {
    yield* perform(params['session'], method);
    return created(yield* viewed(params['session']));
  };

/** As in WAHA, a running session starts again, unlinked. */
function* logout(session: unknown): PeerConversation<void> {
  const { desired } = yield* perform<SessionView>(session, 'getSession');
  yield* perform(session, 'logoutSession');
  const isOut = (status: SessionStatusRecord | undefined): boolean =>
    !status?.account && ['stopped', 'logged-out'].includes(status?.state ?? 'stopped');
  const status = yield* waited(session, SETTLED_MS, isOut);
  if (desired === 'running' && isOut(status)) yield* perform(session, 'startSession');
}

/** The older form: `name` in the body, and one call that creates and starts a session. */
function* startByName({ body }: PeerRequest): PeerConversation {
  const session = optionalText(body, 'name') ?? 'default';
  const config = configIn(body);
  const known = yield* call({ do: 'sessions' });
  yield* known.some(view => view.session === session)
    ? perform(session, 'startSession')
    : perform(session, 'createSession', proxyOf(config));
  if (config['webhooks'] !== undefined && config['webhooks'] !== null) yield* setWebhooks(session, config);
  return created(yield* viewed(session));
}

function* listSessions({ query }: PeerRequest): PeerConversation {
  const views = yield* call({ do: 'sessions' });
  const shown = optionalFlag(query, 'all') === true ? views : views.filter(({ desired }) => desired === 'running');
  const sessions: unknown[] = [];
  for (const view of shown) sessions.push(wahaSession(view, yield* webhooksOf(view.session)));
  return ok(sessions);
}

/** Responds with the QR code as a picture, as JSON, or as the text that it contains. */
function* qr({ params, query, accept }: PeerRequest): PeerConversation {
  const raw = optionalText(query, 'format') === 'raw';
  const { qr: code } = yield* perform<{ qr: string }>(params['session'], 'getQr', { format: raw ? 'raw' : 'png' });
  if (raw) return ok({ value: code });
  const data = code.slice(code.indexOf(',') + 1);
  if (accept.includes('application/json')) return ok({ mimetype: 'image/png', data });
  return { status: 200, type: 'image/png', body: Buffer.from(data, 'base64') };
}

export const WAHA_SESSIONS: readonly PeerRoute[] = [
  serve('POST /api/sessions', 'POST /api/sessions', createSession, {
    common: true,
    note: 'The edge ignores `metadata`, `retries` and engine settings.'
  }),
  serve('GET /api/sessions', 'GET /api/sessions', listSessions, { common: true }),
  serve(
    'GET /api/sessions/{session}',
    'GET /api/sessions/{session}',
    function* ({ params }) {
      return ok(yield* viewed(params['session']));
    },
    { common: true }
  ),
  serve('PUT /api/sessions/{session}', 'POST /api/sessions/{session}/webhooks', updateSession, {
    common: true,
    note: 'This call changes only the webhooks, and does not restart the session. To change the proxy, use `PATCH …/settings`.'
  }),
  serve(
    'DELETE /api/sessions/{session}',
    'DELETE /api/sessions/{session}',
    function* ({ params }) {
      try {
        yield* perform(params['session'], 'deleteSession');
      } catch (thrown) {
        // WAHA accepts the deletion of a session that does not exist.
        if (!(thrown instanceof WabusError && thrown.code === 'UNKNOWN_SESSION')) throw thrown;
      }
      return { status: 200, body: undefined };
    },
    { common: true }
  ),
  serve('POST /api/sessions/{session}/start', 'POST /api/sessions/{session}/start', lifecycle('startSession'), { common: true }),
  serve('POST /api/sessions/{session}/stop', 'POST /api/sessions/{session}/stop', lifecycle('stopSession'), { common: true }),
  serve('POST /api/sessions/{session}/restart', 'POST /api/sessions/{session}/restart', lifecycle('restartSession'), { common: true }),
  serve(
    'POST /api/sessions/{session}/logout',
    'POST /api/sessions/{session}/logout',
    function* ({ params }) {
      yield* logout(params['session']);
      return created(yield* viewed(params['session']));
    },
    { common: true }
  ),
  serve('GET /api/sessions/{session}/me', 'GET /api/sessions/{session}', function* ({ params }) {
    const { status } = yield* perform<SessionView>(params['session'], 'getSession');
    return ok(status.state === 'open' ? wahaMe(status.account) : null);
  }),
  serve('POST /api/sessions/start', ['POST /api/sessions', 'POST /api/sessions/{session}/start'], startByName, {
    note: 'WAHA has deprecated this call.'
  }),
  serve(
    'POST /api/sessions/stop',
    'POST /api/sessions/{session}/stop',
    function* ({ body }) {
      const session = optionalText(body, 'name') ?? 'default';
      if (optionalFlag(body, 'logout') === true) yield* perform(session, 'logoutSession');
      else yield* perform(session, 'stopSession');
      return { status: 201, body: undefined };
    },
    { note: 'WAHA has deprecated this call.' }
  ),
  serve(
    'POST /api/sessions/logout',
    'POST /api/sessions/{session}/logout',
    function* ({ body }) {
      yield* logout(optionalText(body, 'name') ?? 'default');
      return { status: 201, body: undefined };
    },
    { note: 'WAHA has deprecated this call.' }
  ),
  serve('GET /api/{session}/auth/qr', 'GET /api/sessions/{session}/qr', qr, { common: true }),
  serve('POST /api/{session}/auth/request-code', 'POST /api/sessions/{session}/pairing-code', function* ({ params, body }) {
    const phoneNumber = textIn(body, 'phoneNumber');
    const { code } = yield* perform<{ code: string }>(params['session'], 'requestPairingCode', { phoneNumber });
    return json(201, { code: code.length === 8 ? `${code.slice(0, 4)}-${code.slice(4)}` : code });
  }),
  serve('GET /api/server/version', 'GET /health/ready', function* () {
    yield* call({ do: 'sessions' });
    return ok({ version: 'wabus', engine: WAHA_ENGINE, tier: 'PLUS', browser: null });
  }),
  serve(
    'GET /api/version',
    'GET /health/ready',
    function* () {
      yield* call({ do: 'sessions' });
      return ok({ version: 'wabus', engine: WAHA_ENGINE, tier: 'PLUS', browser: null });
    },
    { note: 'WAHA has deprecated this call.' }
  ),
  refuse('GET /api/{session}/auth/passkey/challenge', 'GET /api/sessions/{session}/passkey'),
  refuse('GET /api/screenshot', 'GET /api/sessions/{session}/qr', 'Wabus does not run a browser.'),
  refuse('GET /api/server/environment', 'GET /health/ready'),
  refuse('GET /api/server/status', 'GET /health/ready'),
  refuse('POST /api/server/stop', 'POST /api/sessions/{session}/stop'),
  refuse('GET /api/apps', 'GET /api/webhooks', 'Wabus has no apps; write a program that receives events from a webhook.'),
  refuse('POST /api/apps', 'POST /api/webhooks', 'Wabus has no apps; write a program that receives events from a webhook.'),
  refuse('GET /api/keys', 'GET /api/tokens'),
  refuse('POST /api/keys', 'POST /api/tokens')
];
