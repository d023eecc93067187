/** What pages and the browser extension need of a link by passkey; without a dependency. */
export { passkeySnippet } from './passkey-snippet.codec.js';
export { PASSKEY_FAILURE_TEXTS, type PasskeyFailureText } from './passkey-failure.table.js';
