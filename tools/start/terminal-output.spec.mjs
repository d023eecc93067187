// @ts-check
import { formatEvent } from '../demo/event-line.codec.mjs';
import { SimulatorClient } from '../demo/simulator.client.mjs';
import { Progress } from '../terminal/progress.mjs';
import { showQr } from './qr.screen.mjs';
import { stopSignalHandler } from './stop.signals.mjs';
import { backOffMs } from './supervised.process.mjs';

/** @param {boolean} isTTY */
function screen(isTTY) {
  const written = { text: '' };
  return { written, progress: new Progress({ isTTY, columns: 80, write: text => (written.text += text) }) };
}

describe('the QR code in the terminal', () => {
  /**
   * Simulates states, codes and reasons, one set per poll; after the last one, the session is open. Like the edge, it has a code only while linking.
   * @param {boolean} isTTY
   * @param {[state: string, qr: string | null, reason?: string][]} looks
   */
  async function play(isTTY, looks) {
    const { written, progress } = screen(isTTY);
    let look = -1;
    const edge = {
      look: async () => {
        const [state = 'open', , reason = null] = looks[++look] ?? [];
        return { state, reason };
      },
      qrOf: async () => {
        if (looks[look]?.[0] !== 'pairing') throw new Error('there is no QR code to ask for');
        return looks[look]?.[1] ?? null;
      }
    };
    await showQr(edge, 'default', { progress, signal: new AbortController().signal, pollMs: 1 });
    return written.text;
  }

  it('is shown once for each code, until the session is open', async () => {
    const text = await play(false, [
      ['connecting', null],
      ['pairing', 'A\nA\n'],
      ['pairing', 'A\nA\n'],
      ['pairing', 'B\nB\n']
    ]);
    expect(text.match(/A\nA\n/g)).toHaveLength(1);
    expect(text).toMatch(/A\nA\n.*B\nB\n✓ session default is open\n$/s);
    expect(text).not.toContain('\x1b');
  });

  it('replaces the previous one on a terminal', async () => {
    const text = await play(true, [
      ['pairing', 'A\nA\n'],
      ['pairing', 'B\nB\n']
    ]);
    expect(text).toContain('A\nA\n\x1b[3A\x1b[JLink session');
  });

  it('shows what to do if the session is logged out', async () => {
    expect(await play(false, [['logged-out', null]])).toContain('POST /api/sessions/default/start for a new QR code');
  });

  it('shows each reason of a failed attempt once', async () => {
    const text = await play(false, [
      ['waiting', null],
      ['waiting', null, 'Its name cannot be resolved. Check DNS.'],
      ['connecting', null, 'Its name cannot be resolved. Check DNS.'],
      ['waiting', null, 'Its name cannot be resolved. Check DNS.'],
      ['waiting', null, 'The proxy refuses the password.']
    ]);
    expect(text).toMatch(
      /^session default: WhatsApp does not answer .*\nsession default: Its name .* DNS\.\nsession default: The proxy .*\.\n✓ session default is open\n$/
    );
  });
});

describe('progress', () => {
  it('tells nothing about a dropped step', () => {
    const { written, progress } = screen(false);
    progress.step('searching').drop();
    progress.step('building').done('built');
    expect(written.text).toBe('✓ built\n');
  });

  it('is one line for a short step without a terminal', () => {
    const { written, progress } = screen(false);
    progress.step('building').done('built');
    expect(written.text).toBe('✓ built\n');
  });

  it('keeps printed lines above the moving one on a terminal', () => {
    const { written, progress } = screen(true);
    const step = progress.step('building');
    progress.line('a warning');
    step.fail('broken');
    expect(written.text).toBe('\r\x1b[K⠋ building\r\x1b[Ka warning\n\r\x1b[K⠙ building\r\x1b[K✗ broken\n');
  });
});

describe('the signals to stop', () => {
  it('forces only on a later one: npm repeats the first', () => {
    let now = 10_000;
    /** @type {string[]} */
    const actions = [];
    const onSignal = stopSignalHandler({ onStop: () => actions.push('stop'), onForce: () => actions.push('force'), now: () => now });
    onSignal('SIGINT');
    now += 5;
    onSignal('SIGINT');
    expect(actions).toEqual(['stop']);
    now += 1_000;
    onSignal('SIGINT');
    expect(actions).toEqual(['stop', 'force']);
  });
});

describe('the back-off', () => {
  it('doubles up to a limit', () => {
    expect([1, 2, 3, 6, 50].map(backOffMs)).toEqual([500, 1000, 2000, 10_000, 10_000]);
  });
});

describe('the demo', () => {
  const at = new Date(2025, 0, 1, 12, 34, 56);

  it('prints each event as one line', () => {
    const message = { key: { remoteJid: '1@s.whatsapp.net', fromMe: false }, pushName: 'Ada', message: { conversation: 'line\nbreak' } };
    expect(formatEvent('messages.upsert', { messages: [message] }, at)).toBe('12:34:56  messages.upsert    ← from Ada: "line\\nbreak"');
    expect(formatEvent('connection.update', { connection: 'open' }, at)).toBe('12:34:56  connection.update  open');
    expect(formatEvent('connection.update', { receivedPendingNotifications: true }, at)).toBeNull();
  });

  it('never prints a QR code as text', () => {
    expect(formatEvent('connection.update', { qr: 'secret-reference' }, at)).toBe('12:34:56  connection.update  a QR code');
  });

  it("finds the simulator's addresses in its output", () => {
    const ready = { url: 'ws://127.0.0.1:1', controlUrl: 'http://127.0.0.1:2/', rootPublicKey: 'key' };
    expect(SimulatorClient.fromOutput(`starting\n${JSON.stringify(ready)}\n`).controlUrl).toBe('http://127.0.0.1:2');
    expect(() => SimulatorClient.fromOutput('nothing')).toThrow('did not print its address');
  });
});
