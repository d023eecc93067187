import { createHash } from 'node:crypto';
import {
  PASSKEY_FAILURE_TEXTS,
  passkeySnippet,
  type PasskeyError,
  type PasskeyStage,
  type PasskeyView,
  type WabusError
} from '@wabus/contracts';

const STYLE =
  'body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}' +
  'textarea{box-sizing:border-box;width:100%;font:.8rem/1.4 ui-monospace,monospace}' +
  'button{font:inherit;padding:.4rem 1rem;margin:.5rem .5rem .5rem 0}.code{font-size:2.5rem;letter-spacing:.1em}' +
  '@media(prefers-color-scheme:dark){body{color:#eee;background:#1b1b1b}}';

/** The page loads and runs nothing. It contains only its own style, and forms that post to this edge. */
export const PAGE_SECURITY =
  `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; ` +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** As often as the rate limit of the address permits. */
const REFRESH_SECONDS = 10;
const WAITING: readonly (PasskeyStage | null)[] = ['sending', 'waiting-for-phone', 'finishing'];

/** Returns the page that users without the browser extension see at the one-time address, whose path is `address`. */
export function passkeyPage(view: PasskeyView, address: string): string {
  return frame(`Link ${view.session} with a passkey`, bodyOf(view, address), WAITING.includes(view.stage));
}

export function passkeyErrorPage(error: WabusError, address: string): string {
  const linked = error.details?.['linked'] === true;
  if (linked) return frame('Linked', '<p>The account is linked. You can close this page.</p>', false);
  const failure = error.details?.['error'] as PasskeyError | null | undefined;
  if (failure) return frame('The link failed', failureText(failure), false);
  const back = error.code === 'NOT_FOUND' ? '' : `<p><a href="${escaped(address)}">Back</a></p>`;
  return frame('The request failed', `<p>${escaped(error.message)}</p>${back}`, false);
}

function bodyOf({ stage, options, code, error, expiresAt }: PasskeyView, address: string): string {
  switch (stage) {
    case 'assertion':
      return options === null ? '' : assertionForm(passkeySnippet(options), expiresAt, address);
    case 'sending':
    case 'waiting-for-phone':
      return '<p>WhatsApp has the signature. Continue on the phone.</p>';
    case 'confirmation':
      return confirmationForm(code ?? '', address);
    case 'finishing':
      return `<p>The phone is linking the device.</p>${code === null ? '' : `<p>Code: ${escaped(code)}</p>`}`;
    case 'failed':
      return failureText(error);
    case null:
      return '<p>The link was canceled. Scan the new QR code to try again.</p>';
  }
}

function failureText(error: PasskeyError | null): string {
  if (error === null) return '<p>The link failed. Scan the new QR code to try again.</p>';
  const { happened, remedy } = PASSKEY_FAILURE_TEXTS[error.reason];
  return `<p>${escaped(happened)}</p><p>${escaped(remedy)}</p>`;
}

function assertionForm(line: string, expiresAt: string | null, address: string): string {
  return `<p>WhatsApp is asking for the passkey of this account. Only a page of WhatsApp itself can use the passkey${until(expiresAt)}.</p>
<ol>
<li>Open <a href="https://web.whatsapp.com" target="_blank" rel="noreferrer noopener">https://web.whatsapp.com</a> in a browser that has the passkey, or near the phone that has it.</li>
<li>Open the developer tools there (F12), choose the tab “Console”, paste this line and press Enter. The browser asks for the passkey.
<textarea rows="6" readonly>${escaped(line)}</textarea></li>
<li>The line prints and copies a text that begins with <code>{"id":</code>. Paste the text here.
<form method="post" action="${escaped(address)}">
<textarea name="assertion" rows="4" required autocomplete="off" spellcheck="false"></textarea>
<button>Send to WhatsApp</button>
</form></li>
</ol>
${cancelForm(address)}`;
}

function confirmationForm(code: string, address: string): string {
  return `<p>The phone shows a code. Is it this one?</p>
<p class="code">${escaped(code)}</p>
<form method="post" action="${escaped(address)}/confirm"><button name="equal" value="true">They are equal</button>
<button name="equal" value="false">They differ</button></form>
<p>If they differ, somebody else may be linking a device to the account.</p>`;
}

function cancelForm(address: string): string {
  return `<form method="post" action="${escaped(address)}/cancel"><button>Cancel the link</button></form>`;
}

function until(expiresAt: string | null): string {
  return expiresAt === null ? '' : `, until ${escaped(expiresAt.slice(11, 19))} UTC`;
}

function frame(title: string, body: string, refreshes: boolean): string {
  const refresh = refreshes ? `<meta http-equiv="refresh" content="${REFRESH_SECONDS}">` : '';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">${refresh}
<title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><h1>${escaped(title)}</h1>
${body}
</body></html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, char => ENTITIES[char]!);
}
