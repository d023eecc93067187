import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { EventEnvelope, PairingCodeIssued, PasskeyRecord, PasskeyRequest } from '@wabus/contracts';
import { awaitCondition, SimulatorRefusal, type EventClient, type LinkOutcome, type LinkRefusal, type PasskeyTerms } from '@wabus/testing';
import type { WabusFixture } from '../../wabus.fixture.js';
import type { Random } from '../seeded-random.js';
import type { SecretsLedger } from './secrets.ledger.js';

export const WAYS = ['QR', 'code', 'QR with passkey', 'code with passkey'] as const;
export type Way = (typeof WAYS)[number];

export interface LinkFigures {
  readonly way: Way;
  /** From the creation of the session until it is open; `null` if it never was. */
  readonly ms: number | null;
  /** How often the service refreshed the registration or the code, not counting the refresh at the first scan. */
  readonly refreshes: number;
  /** How often a phone had to try again, not counting the retry after the refresh at the first scan. */
  readonly again: number;
  /** Unacknowledged notifications on all connections of the account. */
  readonly unacknowledged: number;
  /** Why the account was not linked. */
  readonly fault: string | null;
}

interface LinkTrialParts {
  readonly wabus: WabusFixture;
  /** Follows `auth.pairing-code` of all sessions, in envelopes. */
  readonly events: EventClient;
  readonly session: string;
  readonly way: Way;
  readonly random: Random;
  readonly secrets: SecretsLedger<Way>;
}

type CodeEnvelope = Pick<EventEnvelope, 'session'> & { readonly data: { readonly code: PairingCodeIssued['code'] | null } };

const WAIT_MS = 60_000;
const MAX_REFRESHES = 3;
/** The maximum delay before the next refresh, and before a code is typed. */
const REFRESH_WITHIN_MS = 2_000;
const MAX_SCANS = 15;
const MAX_ATTEMPTS = 3;
/** Reasons for which a phone may fail while registrations are refreshed, so that the user scans again. */
const SCAN_AGAIN: readonly (LinkRefusal | undefined)[] = [
  'registration-refreshed',
  'refresh-not-acknowledged',
  'old-secret',
  'companion-refused',
  'companion-left',
  'no-companion'
];
const QR_EVENTS = ['auth.qr', 'connection.update'];
const CODE_EVENTS = ['auth.pairing-code'];
const CREDENTIAL_KEYS = ['noiseKey', 'signedIdentityKey', 'pairingEphemeralKeyPair', 'signedPreKey.keyPair'];

/** One account that is linked in one way, while the service refreshes the QR code or pairing code at random times. */
export class LinkTrial {
  private phoneNumber = '';
  /** The connections of the account before it was linked. */
  private readonly connections = new Set<string>();
  /** Emits `connection` for the first of them. */
  private readonly found = new EventEmitter();
  /** No phone scans a QR code anymore: the phone has scanned successfully, or a code is typed. */
  private scanned = false;
  private refreshes = 0;
  private again = 0;

  constructor(private readonly parts: LinkTrialParts) {}

  async run(): Promise<LinkFigures> {
    const { way, session, wabus } = this.parts;
    const since = performance.now();
    const linked = new AbortController();
    const disturbing = this.disturb(linked.signal);
    try {
      await this.begin();
      await this.link();
      await wabus.awaitState(session, 'open', WAIT_MS);
      const ms = performance.now() - since;
      linked.abort();
      await disturbing;
      const unacknowledged = await this.unacknowledged();
      await this.takeCredentials();
      return { way, ms, refreshes: this.refreshes, again: this.again, unacknowledged, fault: null };
    } catch (error) {
      linked.abort();
      await disturbing.catch(() => undefined);
      const fault = `${session} by ${way}: ${error instanceof Error ? error.message : String(error)}`;
      return { way, ms: null, refreshes: this.refreshes, again: this.again, unacknowledged: await this.unacknowledged(), fault };
    }
  }

  private get control(): WabusFixture['control'] {
    return this.parts.wabus.control;
  }

  private flip(): boolean {
    return this.parts.random() < 0.5;
  }

  private async begin(): Promise<void> {
    const { wabus, session, way } = this.parts;
    const account = await this.control.createAccount({});
    this.phoneNumber = account.phoneNumber;
    if (way.endsWith('passkey')) {
      const options: PasskeyTerms['options'] = this.flip() ? 'in-notification' : 'on-request';
      await this.control.setPasskey({ phoneNumber: this.phoneNumber, required: 'always', options, phoneConfirms: this.flip() });
    }
    expectStatus(await wabus.edge.post('/api/sessions', { session }), 201);
    if (way.endsWith('passkey') && this.flip())
      expectStatus(await wabus.edge.request('PATCH', `/api/sessions/${session}/settings`, { passkeyCode: 'always' }), 200);
  }

  /** Links the account and retries after a refused signature, as a user would. */
  private async link(): Promise<void> {
    const { way } = this.parts;
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      await (way.startsWith('QR') ? this.scan() : this.type());
      if (!way.endsWith('passkey') || (await this.sign())) return;
      this.again++;
    }
    throw new Error(`WhatsApp refused ${MAX_ATTEMPTS} signatures`);
  }

  /** Resolves with the current QR text, once it differs from `not`. */
  private async qr(not?: string): Promise<string> {
    const { wabus, session, secrets, way } = this.parts;
    const qr = (await wabus.awaitQr(session, not, WAIT_MS)).trim();
    const secret = qr.split(',')[3] ?? '';
    secrets.bytes(way, 'ADV secret of a QR code', Buffer.from(secret, 'base64'), QR_EVENTS);
    const reference = qr.split(',')[0]?.split('#').at(-1) ?? '';
    const owner = (await this.control.connections({})).find(({ references }) => references.includes(reference));
    if (owner) {
      this.connections.add(owner.connection);
      this.found.emit('connection');
    }
    return qr;
  }

  private async shownQr(): Promise<string | null> {
    const { wabus, session } = this.parts;
    const { status, body } = await wabus.edge.get<string>(`/api/sessions/${session}/qr?format=raw`);
    return status === 200 ? body.trim() : null;
  }

  private async scan(): Promise<LinkOutcome> {
    this.scanned = false;
    let qr = await this.qr();
    for (let scans = 1; ; scans++) {
      try {
        const outcome = await this.control.scanQr({ phoneNumber: this.phoneNumber, qr });
        this.scanned = true;
        return outcome;
      } catch (error) {
        if (!(error instanceof SimulatorRefusal) || !SCAN_AGAIN.includes(error.reason) || scans >= MAX_SCANS) throw error;
        if (error.reason !== 'registration-refreshed') this.again++;
        qr = await this.qr(error.reason === 'refresh-not-acknowledged' ? undefined : qr);
      }
    }
  }

  private async type(): Promise<LinkOutcome> {
    const { wabus, session } = this.parts;
    this.scanned = true;
    await this.qr();
    const answer = await wabus.edge.post<{ code: string }>(`/api/sessions/${session}/pairing-code`, { phoneNumber: this.phoneNumber });
    expectStatus(answer, 200);
    let { code } = answer.body;
    this.noteCode(code);
    // The user takes some time to type, so the screen may show another code by then.
    await delay(this.parts.random() * REFRESH_WITHIN_MS);
    if (this.flip()) {
      await this.control.refreshPairingCode({ phoneNumber: this.phoneNumber, forceManual: false });
      this.refreshes++;
      code = await this.nextCode(code);
    }
    return this.control.enterPairingCode({ phoneNumber: this.phoneNumber, code });
  }

  private async nextCode(not: string): Promise<string> {
    const { events, session } = this.parts;
    const followed = ({ session: of, data }: CodeEnvelope): boolean => of === session && data.code !== null && data.code !== not;
    const { payload } = await events.awaitEvent<CodeEnvelope>('auth.pairing-code', followed, WAIT_MS);
    this.noteCode(payload.data.code!);
    return payload.data.code!;
  }

  private noteCode(code: string): void {
    this.parts.secrets.text(this.parts.way, 'pairing code', code, CODE_EVENTS);
  }

  /**
   * Signs with the passkey in the browser, over the session's own route or a one-time address, and
   * confirms the codes if that is required. Resolves with whether WhatsApp accepted the signature.
   */
  private async sign(): Promise<boolean> {
    const { wabus, session, secrets, way } = this.parts;
    const oneTime = this.flip();
    const route = `/api/sessions/${session}/passkey`;
    const { body } = await awaitCondition(
      () => wabus.edge.get<PasskeyRequest>(`${route}${oneTime ? '?link=true' : ''}`),
      ({ status, body: request }) => status === 200 && request.options !== null,
      { waitMs: WAIT_MS, what: `request for the passkey of ${session}` }
    );
    const options = body.options!;
    const assertion = await this.control.assertPasskey({ phoneNumber: this.phoneNumber, options });
    secrets.text(way, 'challenge', options.challenge);
    for (const part of ['clientDataJSON', 'authenticatorData', 'signature'] as const) secrets.text(way, part, assertion.response[part]);
    if (body.url !== null) secrets.text(way, 'one-time address', body.url.split('/').at(-1)!);
    const address = oneTime ? body.url! : route;
    const taken = await wabus.edge.post(address, { assertion });
    // The phone had scanned a QR code that was replaced at the same time.
    if (taken.status === 502) return false;
    expectStatus(taken, 200);
    const stage = async (): Promise<PasskeyRecord['stage']> => (await wabus.session(session)).status.passkey?.stage ?? null;
    const came = await awaitCondition(stage, now => now !== 'sending' && now !== 'waiting-for-phone', {
      waitMs: WAIT_MS,
      what: `answer of the phone to ${session}`
    });
    if (came === 'confirmation') expectStatus(await wabus.edge.post(`${address}/confirm`, { equal: true }), 200);
    const { phoneConfirms } = await this.control.setPasskey({ phoneNumber: this.phoneNumber });
    if (phoneConfirms) await this.control.confirmPasskey({ phoneNumber: this.phoneNumber, equal: true });
    return true;
  }

  /** Refreshes the registration at random times, one refresh after the other, until the account is linked. */
  private async disturb(linked: AbortSignal): Promise<void> {
    const planned = Math.floor(this.parts.random() * (MAX_REFRESHES + 1));
    await once(this.found, 'connection', { signal: linked }).catch(() => undefined);
    for (let i = 0; i < planned; i++) {
      await delay(this.parts.random() * REFRESH_WITHIN_MS, undefined, { signal: linked }).catch(() => undefined);
      if (linked.aborted) return;
      const connection = [...this.connections].at(-1)!;
      try {
        const qr = this.scanned ? null : await this.shownQr();
        await this.control.refreshRegistration({ connection, ...(qr === null ? {} : { qr }) });
        this.refreshes++;
      } catch (error) {
        if (!(error instanceof SimulatorRefusal)) throw error;
      }
      await this.control.acknowledgements({ connection, waitMs: 5_000 });
    }
  }

  private async unacknowledged(): Promise<number> {
    const own = this.phoneNumber === '' ? [] : [this.control.acknowledgements({ phoneNumber: this.phoneNumber, waitMs: 5_000 })];
    const before = [...this.connections].map(connection => this.control.acknowledgements({ connection, waitMs: 5_000 }));
    const missing = (await Promise.all([...own, ...before])).flatMap(report => report.missing.map(({ id }) => id));
    return new Set(missing).size;
  }

  /** Records the secrets in the credentials of the link, which are the most valuable ones. */
  private async takeCredentials(): Promise<void> {
    const { wabus, session, secrets, way } = this.parts;
    expectStatus(await wabus.edge.post(`/api/sessions/${session}/stop`), 200);
    await wabus.awaitState(session, 'stopped', WAIT_MS);
    const init = { method: 'POST', headers: { authorization: `Bearer ${wabus.token}` } };
    const exported = await awaitCondition(
      () => fetch(new URL(`/api/sessions/${session}/export`, wabus.edge.url), init),
      ({ status }) => status === 201,
      { waitMs: WAIT_MS, what: `export of ${session}` }
    );
    const [first = ''] = (await exported.text()).split('\n');
    const { credentials } = JSON.parse(first) as { credentials: Record<string, unknown> };
    secrets.bytes(way, 'ADV secret', Buffer.from(credentials['advSecretKey'] as string, 'base64'), way === 'QR' ? QR_EVENTS : []);
    for (const path of CREDENTIAL_KEYS) {
      const pair = path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], credentials);
      secrets.bytes(way, path, bytesOf((pair as { private: unknown }).private));
    }
  }
}

function bytesOf(value: unknown): Buffer {
  return Buffer.from((value as { data: string }).data, 'base64');
}

function expectStatus({ status, body }: { status: number; body: unknown }, expected: number): void {
  if (status !== expected) throw new Error(`status ${status}: ${JSON.stringify(body)}`);
}
