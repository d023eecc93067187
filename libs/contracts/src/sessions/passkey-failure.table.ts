import type { PasskeyFailure } from './passkey.js';

/** What a person is told about a link by passkey that failed: what happened, and what to do. English. */
export interface PasskeyFailureText {
  readonly happened: string;
  readonly remedy: string;
}

const SCAN_AGAIN = 'Scan the new QR code to try again.';

export const PASSKEY_FAILURE_TEXTS = {
  'no-options': { happened: 'WhatsApp asked for the passkey but did not say what to sign.', remedy: SCAN_AGAIN },
  refused: {
    happened: 'WhatsApp refused the link.',
    remedy: 'Scan the new QR code to try again. After several failures, wait an hour: WhatsApp limits attempts.'
  },
  'no-answer': { happened: 'WhatsApp did not answer in time.', remedy: SCAN_AGAIN },
  'phone-did-not-continue': {
    happened: 'WhatsApp accepted the passkey, but the phone did not continue.',
    remedy:
      'Look for a question on the phone. Remove a linked device if the account has reached its limit, wait an hour, then scan the new QR code.'
  },
  'invalid-answer': { happened: 'The phone sent an answer that is not valid.', remedy: SCAN_AGAIN },
  'code-differs': {
    happened: 'The codes differ, so nothing was linked.',
    remedy: 'Somebody else may be linking a device. On the phone, check the linked devices, then scan the new QR code.'
  },
  'not-finished': { happened: 'The phone did not finish linking in time.', remedy: SCAN_AGAIN },
  'connection-lost': { happened: 'The connection to WhatsApp was lost.', remedy: SCAN_AGAIN }
} as const satisfies Readonly<Record<PasskeyFailure, PasskeyFailureText>>;
