// @ts-check
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 1_000;

/** What a state means to the user, and what to do. @type {Readonly<Record<string, string>>} */
const HINTS = {
  waiting: 'WhatsApp does not answer or has closed the connection; Wabus keeps trying, and GET /api/sessions/SESSION shows the reason',
  stopped: 'the session is stopped; start it with POST /api/sessions/SESSION/start',
  'logged-out': 'the session is logged out; POST /api/sessions/SESSION/start shows a new QR code',
  failed: 'the session needs attention; GET /api/sessions/SESSION shows the reason'
};

/**
 * Shows the QR code of a session and each later one, until the session is open.
 * @param {Pick<import('./edge.client.mjs').EdgeClient, 'stateOf' | 'qrOf'>} edge
 * @param {string} session
 * @param {{ progress: import('../terminal/progress.mjs').Progress, signal: AbortSignal, pollMs?: number }} options
 * @returns {Promise<void>} settles when the session is open, when it does not exist, or when the signal aborts
 */
export async function showQr(edge, session, { progress, signal, pollMs = POLL_MS }) {
  let lastState = '';
  let lastQr = '';
  let printedAfterQr = -1;
  while (!signal.aborted) {
    try {
      const state = await edge.stateOf(session);
      if (state === null) return;
      if (state === 'open') {
        progress.line(`✓ session ${session} is open`);
        return;
      }
      const qr = await edge.qrOf(session, 'terminal');
      if (qr !== null && qr !== lastQr) {
        // An earlier code is no longer valid. The new one replaces it, unless something was printed below it.
        const erase = progress.isTerminal && progress.printed === printedAfterQr ? `\x1b[${lineCount(lastQr) + 1}A\x1b[J` : '';
        progress.line(
          `${erase}Link session ${session}: on the phone in WhatsApp, Settings, Linked devices, Link a device\n${qr.trimEnd()}`
        );
        printedAfterQr = progress.printed;
        lastQr = qr;
      } else if (qr === null && state !== lastState && HINTS[state]) {
        progress.line(`session ${session}: ${HINTS[state]?.replace('SESSION', session)}`);
      }
      lastState = state;
    } catch {
      // The edge may be restarting; the next round tries again.
    }
    await delay(pollMs, undefined, { signal }).catch(() => undefined);
  }
}

/** @param {string} qr */
function lineCount(qr) {
  return qr.trimEnd().split('\n').length;
}
