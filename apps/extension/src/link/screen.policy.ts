import type { PasskeyError, PasskeyView } from '@wabus/contracts';
import { PASSKEY_FAILURE_TEXTS } from '@wabus/contracts/passkey';
import type { AddressFault } from '../gateway/address.policy.js';
import type { Refusal } from '../gateway/exchange.client.js';

/** The buttons of a screen: `ask` prompts for the passkey, `again` lets the user enter another address. */
export type Action = 'ask' | 'equal' | 'differs' | 'cancel' | 'again';

/** The state of a link as the page shows it. */
export interface Screen {
  /** `done` and `failed` are final. */
  readonly state: 'busy' | 'waiting' | 'question' | 'done' | 'failed';
  readonly title: string;
  readonly text: string;
  readonly code?: string;
  readonly actions: readonly Action[];
}

export const ADDRESS_FAULTS: Readonly<Record<AddressFault | 'not-allowed', string>> = {
  empty: 'Paste the one-time address that Wabus shows.',
  unreadable: 'This is not an address. It begins with https:// and contains /passkey/.',
  insecure: 'The address must begin with https://. Only on this computer it may be http://localhost.',
  'other-page': 'This is not a one-time address. It ends with /passkey/ and 43 characters: copy it again.',
  'not-allowed': 'The browser did not allow the extension to reach this address. Press Start again and allow it.'
};

export const CONNECTING: Screen = { state: 'busy', title: 'Connecting', text: 'Asking Wabus what to sign.', actions: [] };

export const ASKING: Screen = {
  state: 'busy',
  title: 'Use the passkey',
  text: 'A tab of WhatsApp is open. Follow the browser there: it may ask for your fingerprint, a password manager, or a phone nearby.',
  actions: ['cancel']
};

/** Returns the screen for a view; `time` formats a time for the user. */
export function screenOfView(view: PasskeyView, time: (iso: string) => string): Screen {
  const { stage, code, error, expiresAt } = view;
  const until = expiresAt === null ? '' : ` You have until ${time(expiresAt)}.`;
  switch (stage) {
    case 'assertion':
      return ASKING;
    case 'sending':
      return { state: 'waiting', title: 'Sending', text: 'The signature is on its way to WhatsApp.', actions: [] };
    case 'waiting-for-phone':
      return { state: 'waiting', title: 'Continue on the phone', text: `WhatsApp has the signature.${until}`, actions: ['cancel'] };
    case 'confirmation':
      return {
        state: 'question',
        title: 'Compare the codes',
        text: `Does the phone show this code?${until}`,
        code: code ?? '',
        actions: ['equal', 'differs']
      };
    case 'finishing':
      return {
        state: 'waiting',
        title: 'Almost done',
        text: `The phone is linking the device.${until}`,
        ...(code === null ? {} : { code }),
        actions: []
      };
    case 'failed':
      return screenOfFailure(error);
    case null:
      return failed('Canceled', 'The link was canceled. Scan the new QR code to try again.');
  }
}

/** Returns the screen for a refusal by the gateway. */
export function screenOfRefusal({ code, message, details }: Refusal): Screen {
  switch (code) {
    case 'PASSKEY_NOT_REQUESTED':
      if (details.linked === true)
        return { state: 'done', title: 'Linked', text: 'The account is linked. You can close this window.', actions: [] };
      if (details.error) return screenOfFailure(details.error);
      return failed('The link is over', 'It was canceled or timed out. Scan the new QR code, then use the new address from Wabus.');
    case 'NOT_FOUND':
      return failed('The address has expired', 'Wabus does not know it, or it was already used. Copy the address that Wabus shows now.');
    case 'UNREACHABLE':
      return retry('Wabus does not answer', 'Check that this computer can reach the address, then try again.');
    case 'FOREIGN':
      return failed('This is not Wabus', 'Something else answered at this address. A proxy must forward /passkey/ to Wabus.');
    case 'INVALID_ARGUMENTS':
      return retry('This passkey does not fit', 'Nothing was sent to WhatsApp. Use the passkey of the account that is being linked.');
    default:
      return retry('Wabus could not do this', message);
  }
}

const PROMPT_FAULTS: Readonly<Record<string, readonly [string, string]>> = {
  NotAllowedError: ['No passkey was used', 'You canceled, the request timed out, or this browser has no passkey for WhatsApp.'],
  AbortError: ['No passkey was used', 'The page of WhatsApp stopped the request.'],
  SecurityError: ['This is not the page of WhatsApp', 'The tab left web.whatsapp.com, or its certificate is invalid.'],
  OperationError: ['The browser is busy with another passkey', 'Close the other request in the tab of WhatsApp.'],
  InvalidStateError: ['This passkey cannot be used', 'Use the passkey of the account that is being linked.'],
  'tab-gone': ['The tab of WhatsApp is gone', 'It was closed, or web.whatsapp.com did not load.'],
  unsupported: ['This browser has no passkeys', 'Use a newer browser.']
};

/** Returns the screen for a prompt without an assertion; `error` as in `PromptOutcome`. */
export function screenOfPromptFault(error: string, message: string): Screen {
  const [title, text] = PROMPT_FAULTS[error] ?? ['The passkey could not be used', `${error}: ${message}`];
  return retry(title, text);
}

function screenOfFailure(error: PasskeyError | null): Screen {
  if (error === null) return failed('The link failed', 'Scan the new QR code to try again.');
  const { happened, remedy } = PASSKEY_FAILURE_TEXTS[error.reason];
  const status = error.statusCode === null ? '' : ` (code ${error.statusCode})`;
  return failed('The link failed', `${happened}${status} ${remedy}`);
}

function failed(title: string, text: string): Screen {
  return { state: 'failed', title, text, actions: ['again'] };
}

function retry(title: string, text: string): Screen {
  return { state: 'question', title, text, actions: ['ask', 'cancel'] };
}
