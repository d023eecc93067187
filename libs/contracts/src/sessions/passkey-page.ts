// The code that web pages and the browser extension need to link with a passkey. It has no dependencies.
import type { PasskeyFailure, PasskeyOptions } from './passkey.js';

/** The texts for a person whose passkey link failed, in English: what happened, and what to do. */
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
  'invalid-answer': { happened: 'The phone sent an invalid answer.', remedy: SCAN_AGAIN },
  'code-differs': {
    happened: 'The codes differ, so nothing was linked.',
    remedy: 'Somebody else may be linking a device. On the phone, check the linked devices, then scan the new QR code.'
  },
  'not-finished': { happened: 'The phone did not finish linking in time.', remedy: SCAN_AGAIN },
  'connection-lost': { happened: 'The connection to WhatsApp was lost.', remedy: SCAN_AGAIN }
} as const satisfies Readonly<Record<PasskeyFailure, PasskeyFailureText>>;

/** A script for the developer tools of web.whatsapp.com. It has no comments and no line breaks, because it is pasted as one line. */
const SCRIPT =
  "(async o=>{const d=t=>Uint8Array.from(atob(t.replace(/-/g,'+').replace(/_/g,'/')),c=>c.charCodeAt(0))," +
  "e=b=>btoa(String.fromCharCode(...new Uint8Array(b))).replace(/\\+/g,'-').replace(/\\//g,'_').replace(/=+$/,'');" +
  'const c=await navigator.credentials.get({publicKey:{...o,challenge:d(o.challenge),' +
  'allowCredentials:(o.allowCredentials||[]).map(a=>({...a,id:d(a.id)}))}}),r=c.response,' +
  't=JSON.stringify({id:c.id,rawId:e(c.rawId),type:c.type,response:{clientDataJSON:e(r.clientDataJSON),' +
  'authenticatorData:e(r.authenticatorData),signature:e(r.signature),userHandle:r.userHandle?e(r.userHandle):null}});' +
  'console.log(t);return t})';

/**
 * Returns a line of JavaScript for the developer tools of https://web.whatsapp.com. It asks the browser for the passkey, prints the assertion as JSON, and
 * copies it to the clipboard if the tools can. `options` come from WhatsApp: the line contains them only as data.
 */
export function passkeySnippet(options: PasskeyOptions): string {
  // Line separators end a line in JavaScript but not in JSON. A closing tag could end the page that shows the line.
  const data = JSON.stringify(options).replace(/[\u2028\u2029<>]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `${SCRIPT}(${data}).then(copy)`;
}
