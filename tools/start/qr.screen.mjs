// @ts-check
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 1_000;

/** What a state means to the user, and what to do, if the edge gives no reason. @type {Readonly<Record<string, string>>} */
const HINTS = {
  waiting: 'WhatsApp does not answer or has closed the connection; Wabus keeps trying',
  stopped: 'the session is stopped; start it in the console or with POST /api/sessions/SESSION/start',
  'logged-out': 'the session is logged out; start it in the console or with POST /api/sessions/SESSION/start for a new QR code',
  failed: 'the session needs attention; the console and GET /api/sessions/SESSION show the reason'
};
/** States in which the reason of the edge says more than the hint. */
const EXPLAINED = new Set(['waiting', 'failed']);

/**
 * Shows the QR code of a session and each later one, until the session is open.
 * @param {Pick<import('./edge.client.mjs').EdgeClient, 'look' | 'qrOf'>} edge
 * @param {string} session
 * @param {{ progress: import('../terminal/progress.mjs').Progress, signal: AbortSignal, pollMs?: number }} options
 * @returns {Promise<void>} settles when the session is open, when it does not exist, or when the signal aborts
 */
export async function showQr(edge, session, { progress, signal, pollMs = POLL_MS }) {
  let lastHint = '';
  let lastQr = '';
  let printedAfterQr = -1;
  while (!signal.aborted) {
    try {
      const look = await edge.look(session);
      if (look === null) return;
      if (look.state === 'open') {
        progress.line(`✓ session ${session} is open`);
        return;
      }
      // Only a session that is being linked has a code. Asking in other states would fill the log of the edge with refused requests.
      const qr = look.state === 'pairing' ? await edge.qrOf(session, 'terminal') : null;
      const hint = hintOf(look, session);
      if (qr !== null && qr !== lastQr) {
        // An earlier code is no longer valid. The new one replaces it, unless something was printed below it.
        const erase = progress.isTerminal && progress.printed === printedAfterQr ? `\x1b[${lineCount(lastQr) + 1}A\x1b[J` : '';
        progress.line(
          `${erase}Link session ${session}: on the phone in WhatsApp, Settings, Linked devices, Link a device\n${qr.trimEnd()}`
        );
        printedAfterQr = progress.printed;
        lastQr = qr;
      } else if (hint !== null && hint !== lastHint) {
        progress.line(`session ${session}: ${hint}`);
        lastHint = hint;
      }
    } catch {
      // The edge may be restarting; the next round tries again.
    }
    await delay(pollMs, undefined, { signal }).catch(() => undefined);
  }
}

/**
 * Returns what the user should know about a session, or `null` if nothing is wrong.
 * @param {import('./edge.client.mjs').SessionLook} look
 * @param {string} session
 */
function hintOf({ state, reason }, session) {
  if (reason !== null && EXPLAINED.has(state)) return reason;
  return HINTS[state]?.replace('SESSION', session) ?? null;
}

/** @param {string} qr */
function lineCount(qr) {
  return qr.trimEnd().split('\n').length;
}
