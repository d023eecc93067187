import type { IqAnswer } from '../iq-contract.js';

/** Error answers as WhatsApp words them. */
export const iqRefusal = {
  badRequest: { error: { code: 400, text: 'bad-request' } },
  notAuthorized: { error: { code: 401, text: 'not-authorized' } },
  forbidden: { error: { code: 403, text: 'forbidden' } },
  notFound: { error: { code: 404, text: 'item-not-found' } },
  notAcceptable: { error: { code: 406, text: 'not-acceptable' } },
  conflict: { error: { code: 409, text: 'conflict' } },
  gone: { error: { code: 410, text: 'gone' } },
  rateOverLimit: { error: { code: 429, text: 'rate-overlimit' } }
} as const satisfies Record<string, IqAnswer>;
