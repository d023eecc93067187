import type { ErrorCode } from '../errors/error-codes.js';
import type { EdgeRoute } from './edge-route.js';

const ERRORS: readonly ErrorCode[] = ['UNAUTHORIZED', 'FORBIDDEN', 'RATE_LIMITED', 'INVALID_REQUEST', 'BROKER_UNAVAILABLE', 'INTERNAL'];
const FETCH_ERRORS: readonly ErrorCode[] = [...ERRORS, 'UNKNOWN_MEDIA', 'MEDIA_GONE', 'NO_OWNER', 'NOT_CONNECTED', 'TIMEOUT'];
const BASE = '/api/sessions/{session}/media';

/** The routes of a session's files. */
export const MEDIA_ROUTES: readonly EdgeRoute[] = [
  {
    verb: 'POST',
    path: BASE,
    tag: 'media',
    meaning: 'Uploads a file, as the request body or as the first file in a form. Returns its reference for use in commands.',
    scope: 'send',
    query: { fileName: 'The name of the file, if the body itself is the file.' },
    body: { contentTypes: ['multipart/form-data', 'application/octet-stream'], required: true },
    status: 201,
    reply: { type: 'MediaReference' },
    errors: [...ERRORS, 'PAYLOAD_TOO_LARGE']
  },
  {
    verb: 'POST',
    path: `${BASE}/download`,
    tag: 'media',
    meaning: 'Fetches the file of a message that an event reported. Returns a reference to the file.',
    scope: 'read',
    body: { schema: 'MessageRequest', required: true },
    reply: { type: 'MediaReference' },
    errors: [...FETCH_ERRORS, 'INVALID_ARGUMENTS']
  },
  {
    verb: 'GET',
    path: `${BASE}/{ref}`,
    tag: 'media',
    meaning:
      'Returns the content of a file, or of a large part of an event, by its reference. If you pass the cursor of an event instead, the edge first fetches the file of its message from WhatsApp. `Range` selects a part.',
    scope: 'read',
    query: { message: 'The id of the message, if the event contains several messages.' },
    reply: { contentTypes: ['application/octet-stream'] },
    errors: FETCH_ERRORS
  }
];
