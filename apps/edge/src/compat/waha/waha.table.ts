import type { WabusError } from '@wabus/contracts';
import type { PeerPage, PeerRoute, PlainAnswer } from '../compat.types.js';
import { detailOf } from '../peer-fields.policy.js';
import { WAHA_CHATS } from './waha-chats.table.js';
import { WAHA_CHATTING } from './waha-chatting.table.js';
import { WAHA_SESSIONS } from './waha-sessions.table.js';

/** Every call of WAHA that Wabus recognizes. */
export const WAHA_ROUTES: readonly PeerRoute[] = [...WAHA_SESSIONS, ...WAHA_CHATTING, ...WAHA_CHATS];

const page = (name: string): PeerPage => ({ page: `https://waha.devlike.pro/docs/how-to/${name}/`, read: '2026-11-30' });

/** The pages on which WAHA documents its calls. */
export const WAHA_PAGES: Readonly<Record<string, PeerPage>> = Object.fromEntries(
  [
    ...['sessions', 'send-messages', 'receive-messages', 'contacts', 'chats', 'groups', 'presence', 'profile'],
    ...['labels', 'status', 'channels', 'calls', 'events']
  ].map(name => [name, page(name)])
);

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  410: 'Gone',
  413: 'Payload Too Large',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout'
};

/** Returns an error in the format of WAHA, together with the error of Wabus. `status` is the status on the routes of Wabus. */
export function wahaError(error: WabusError, status: number): PlainAnswer {
  const { code, message } = error;
  switch (code) {
    case 'UNAUTHORIZED':
      return { status: 401, body: { statusCode: 401, message: 'Unauthorized', wabus: error.toBody() } };
    case 'UNKNOWN_SESSION':
      return { status: 404, body: { statusCode: 404, error: 'Not Found', message: 'Session not found', wabus: error.toBody() } };
    case 'SESSION_EXISTS': {
      const session = detailOf(error.details, 'session');
      const what = `Session '${session}' already exists. Use PUT to update it.`;
      return { status: 422, body: { statusCode: 422, error: 'Unprocessable Entity', message: what, wabus: error.toBody() } };
    }
    case 'NO_OWNER':
    case 'NOT_CONNECTED':
    case 'NOT_PAIRED':
    case 'ALREADY_PAIRED':
    case 'QR_NOT_AVAILABLE':
      // To programs of WAHA this means that the session exists, but is not in the state that the call needs.
      return {
        status: 422,
        body: {
          statusCode: 422,
          error: 'Session status is not as expected. Try again later or restart the session',
          message,
          expected: [code === 'QR_NOT_AVAILABLE' || code === 'ALREADY_PAIRED' ? 'SCAN_QR_CODE' : 'WORKING'],
          wabus: error.toBody()
        }
      };
    default:
      return { status, body: { statusCode: status, error: REASONS[status] ?? 'Error', message, wabus: error.toBody() } };
  }
}

/** Returns the response for an unknown path. */
export const wahaUnknown = (verb: string, path: string): PlainAnswer => ({
  status: 404,
  body: { statusCode: 404, message: `Cannot ${verb} ${path}`, error: 'Not Found' }
});
