// @ts-check
import { failed, ok, skipped, warning } from './finding.policy.mjs';

/** @typedef {import('./finding.policy.mjs').Check} Check */
/** @typedef {import('./surroundings.reader.mjs').Surroundings} Surroundings */
/** @typedef {{ reason: string, message: string, code: number | null, at: string, willReconnect: boolean }} LastDisconnect */
/** @typedef {{ kind: string, until: string | null }} Restriction */
/**
 * The fields of a session's status that edges of any version return.
 * @typedef {object} SessionStatus
 * @property {string} [state]
 * @property {LastDisconnect | null} [lastDisconnect]
 * @property {number} [failures]
 * @property {string | null} [reconnectLoopSince]
 * @property {string | null} [clientVersion]
 * @property {string | null} [clientExpiresAt]
 * @property {Restriction | null} [restriction]
 * @property {string | null} [lastInboundAt]
 * @property {string | null} [lastMessageAt]
 * @property {Record<string, number>} [counters]
 */
/** @typedef {{ session: string, desired?: string, status?: SessionStatus | null }} SessionView */

const LIMIT_MS = 10_000;
const NAMED = 5;

/** Checks of the running processes: health, sessions, webhooks, subscriptions. @type {readonly Check[]} */
export const INSTALLATION_CHECKS = [
  {
    id: 'edge',
    title: 'edge',
    run: async surroundings => {
      const answer = await ask(surroundings, '/health/ready');
      if (answer === null)
        return failed(`${surroundings.url} does not answer`, 'Start Wabus with npm start, or set --url to the URL of an edge.');
      const failing = Object.entries(answer.body?.checks ?? {}).filter(([, { status }]) => status !== 'ok');
      if (answer.status === 200) return ok(`${surroundings.url} is ready`);
      if (failing.length === 0) return failed(`${surroundings.url} answers, but is not a Wabus edge`, 'Set --url to the URL of an edge.');
      return failed(
        failing.map(([name, { reason }]) => `${name}: ${reason}`).join('\n'),
        'Search the log of the edge for the same words; docs/troubleshooting.md lists the symptoms.'
      );
    }
  },
  {
    id: 'login',
    title: 'login at the edge',
    needs: ['edge', 'access-token'],
    run: async surroundings => {
      if (surroundings.token === null) return skipped('no unrestricted token is available here');
      const answer = await ask(surroundings, '/api/principal');
      if (answer?.status === 200) return ok('the token is accepted');
      return failed(
        `the edge answered ${answer?.status ?? 'nothing'}`,
        'The edge reads another token file: set WABUS_ACCESS_TOKEN_FILE to the same file as for the edge, or --url to the right edge.'
      );
    }
  },
  {
    id: 'connectors',
    title: 'connectors',
    needs: ['login'],
    run: async surroundings => {
      const { connectors = [], edges = [], unowned = [] } = (await ask(surroundings, '/api/connectors'))?.body ?? {};
      const waiting = unowned.filter((/** @type {{ state: string }} */ { state }) =>
        ['starting', 'connecting', 'waiting', 'open', 'pairing'].includes(state)
      );
      if (waiting.length > 0)
        return failed(
          `no connector runs ${naming(waiting.map((/** @type {{ session: string }} */ { session }) => session))}`,
          'Start a connector, or look at its log: it takes over sessions within seconds if its own /health/ready is ok.'
        );
      const lost = connectors.filter((/** @type {{ state?: string }} */ { state }) => state === 'lost');
      if (lost.length > 0)
        return warning(
          `no longer answers: ${naming(lost.map((/** @type {{ id: string }} */ { id }) => id))}`,
          'Look at the log of the process, and start it again unless a supervisor does. Its sessions run on other connectors.'
        );
      const versions = new Set([...connectors, ...edges].map((/** @type {{ version?: string | null }} */ { version }) => version ?? null));
      if (versions.size > 1)
        return warning(
          `processes run ${[...versions].map(version => version ?? 'an earlier release').join(' and ')}`,
          'Finish the upgrade: replace the processes of the earlier release.'
        );
      const count = connectors.reduce(
        (/** @type {number} */ sum, /** @type {{ sessions: unknown[] }} */ { sessions }) => sum + sessions.length,
        0
      );
      return ok(`${connectors.length} with ${count} sessions`);
    }
  },
  {
    id: 'sessions',
    title: 'sessions',
    needs: ['login'],
    run: async surroundings => {
      const sessions = await readSessions(surroundings);
      const problems = sessions.flatMap(problemOf);
      if (problems.length === 0) return ok(`${sessions.length}, none in trouble`);
      const worst = problems.some(({ state }) => state === 'failed') ? failed : warning;
      return worst(
        problems
          .slice(0, NAMED)
          .map(({ session, detail }) => `${session}: ${detail}`)
          .join('\n') + more(problems.length),
        [...new Set(problems.map(({ remedy }) => remedy))].join(' ')
      );
    }
  },
  {
    id: 'webhooks',
    title: 'webhooks',
    needs: ['login'],
    run: async surroundings => {
      const webhooks = (await ask(surroundings, '/api/webhooks'))?.body?.webhooks ?? [];
      const troubled = webhooks.filter((/** @type {any} */ { state }) =>
        ['failing', 'refusing', 'paused'].includes(state?.condition ?? state?.state)
      );
      if (troubled.length === 0) return ok(`${webhooks.length}, none in trouble`);
      return warning(
        troubled
          .slice(0, NAMED)
          .map((/** @type {any} */ { id, state }) => `${id}: ${state.condition ?? state.state}`)
          .join('\n') + more(troubled.length),
        'Look at the responses of the receiver in GET /api/webhooks/{id}/deliveries; then resume or redrive.'
      );
    }
  },
  {
    id: 'versions',
    title: 'version of WhatsApp Web',
    needs: ['login'],
    run: async surroundings => {
      const sessions = await readSessions(surroundings);
      const expiring = sessions.filter(
        ({ status }) => status?.clientExpiresAt && Date.parse(status.clientExpiresAt) < Date.now() + 14 * 86_400_000
      );
      if (expiring.length > 0)
        return warning(
          `WhatsApp will refuse ${expiring[0]?.status?.clientVersion} from ${expiring[0]?.status?.clientExpiresAt}`,
          'Remove WABUS_WHATSAPP_VERSION and let connectors reach web.whatsapp.com: they look up the newest version.'
        );
      const versions = [...new Set(sessions.flatMap(({ status }) => status?.clientVersion ?? []))];
      return ok(versions.length === 0 ? 'none presented yet' : versions.join(', '));
    }
  }
];

/**
 * Returns why a session needs attention.
 * @param {SessionView} view
 * @returns {{ session: string, state: 'warning' | 'failed', detail: string, remedy: string }[]} empty if the session has no problem
 */
export function problemOf({ session, status }) {
  const { state, lastDisconnect, reconnectLoopSince, restriction } = status ?? {};
  const because = lastDisconnect ? ` (${lastDisconnect.reason}${lastDisconnect.code === null ? '' : `, ${lastDisconnect.code}`})` : '';
  if (state === 'failed')
    return [{ session, state: 'failed', detail: `failed${because}`, remedy: lastDisconnect?.message ?? 'Start it again.' }];
  if (state === 'logged-out')
    return [
      { session, state: 'warning', detail: `logged out${because}`, remedy: 'Start a session that is logged out, and link it again.' }
    ];
  if (reconnectLoopSince)
    return [
      {
        session,
        state: 'warning',
        detail: `has been reconnecting repeatedly since ${reconnectLoopSince}${because}`,
        remedy: lastDisconnect?.message ?? 'Check the network.'
      }
    ];
  if (restriction)
    return [
      {
        session,
        state: 'warning',
        detail: `restricted by WhatsApp until ${restriction.until ?? 'an unknown time'}`,
        remedy: 'Do not start new chats meanwhile: docs/operations/staying-connected.md.'
      }
    ];
  return [];
}

/** @param {Surroundings} surroundings @returns {Promise<SessionView[]>} */
export async function readSessions(surroundings) {
  return (await ask(surroundings, '/api/sessions'))?.body?.sessions ?? [];
}

/**
 * @param {Surroundings} surroundings
 * @param {string} path
 * @returns {Promise<{ status: number, body: any } | null>} `null` if the edge does not respond
 */
export async function ask({ url, token }, path) {
  try {
    const headers = token === null ? undefined : { authorization: `Bearer ${token}` };
    const response = await fetch(`${url.replace(/\/+$/, '')}${path}`, { headers, signal: AbortSignal.timeout(LIMIT_MS) });
    const text = await response.text();
    return { status: response.status, body: response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text };
  } catch {
    return null;
  }
}

/** @param {string[]} names */
function naming(names) {
  return `${names.slice(0, NAMED).join(', ')}${names.length > NAMED ? ` and ${names.length - NAMED} more` : ''}`;
}

/** @param {number} count */
function more(count) {
  return count > NAMED ? `\nand ${count - NAMED} more` : '';
}
