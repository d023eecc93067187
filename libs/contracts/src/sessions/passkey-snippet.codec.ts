import type { PasskeyOptions } from './passkey.js';

/** Runs in the developer tools of a page of web.whatsapp.com. No comments and no line breaks: it is pasted into one line. */
const SCRIPT =
  "(async o=>{const d=t=>Uint8Array.from(atob(t.replace(/-/g,'+').replace(/_/g,'/')),c=>c.charCodeAt(0))," +
  "e=b=>btoa(String.fromCharCode(...new Uint8Array(b))).replace(/\\+/g,'-').replace(/\\//g,'_').replace(/=+$/,'');" +
  'const c=await navigator.credentials.get({publicKey:{...o,challenge:d(o.challenge),' +
  'allowCredentials:(o.allowCredentials||[]).map(a=>({...a,id:d(a.id)}))}}),r=c.response,' +
  't=JSON.stringify({id:c.id,rawId:e(c.rawId),type:c.type,response:{clientDataJSON:e(r.clientDataJSON),' +
  'authenticatorData:e(r.authenticatorData),signature:e(r.signature),userHandle:r.userHandle?e(r.userHandle):null}});' +
  'console.log(t);return t})';

/**
 * A line of JavaScript for the developer tools of https://web.whatsapp.com: asks the browser for the passkey, prints the assertion as JSON, and copies it where the tools can.
 * `options` come from the service: they stand in the line as data only.
 */
export function passkeySnippet(options: PasskeyOptions): string {
  // Line separators end a line in JavaScript, though not in JSON; a closing tag could end a page that shows the line.
  const data = JSON.stringify(options).replace(/[\u2028\u2029<>]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `${SCRIPT}(${data}).then(copy)`;
}
