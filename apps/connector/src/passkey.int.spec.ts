import {
  DEFAULT_SETTINGS,
  type PairingCodeIssued,
  type PasskeyChanged,
  type PasskeyOptions,
  type PasskeyRequest,
  type PasskeyStage
} from '@wabus/contracts';
import { awaitCondition, scanUntilLinked, type PasskeyTerms, type SimulatedAccount } from '@wabus/testing';
import { ConnectorFixture, type ConnectorSession } from './connector.fixture.js';

/** Long enough for a step on a busy machine, short enough to wait for it. */
const STEP_MS = 5_000;

let fixture: ConnectorFixture;
beforeAll(async () => {
  fixture = await ConnectorFixture.start({ WABUS_PASSKEY_STEP_MS: String(STEP_MS) });
}, 90_000);
afterAll(() => fixture?.stop(), 30_000);

const control = () => fixture.simulator.control;

async function qrOf(session: ConnectorSession, not?: string): Promise<string> {
  const { qr } = await session.awaitStatus(status => status.qr !== null && status.qr.text !== not);
  return qr!.text;
}

const scan = (session: ConnectorSession, account: SimulatedAccount, not?: string) =>
  scanUntilLinked(control(), account.phoneNumber, previous => qrOf(session, previous ?? not));

const at = (session: ConnectorSession, stage: PasskeyStage, waitMs?: number) =>
  session.awaitStatus(status => status.passkey?.stage === stage, waitMs);

interface Asked {
  readonly session: ConnectorSession;
  readonly account: SimulatedAccount;
}

/** Creates a session whose QR code was scanned by a phone whose account requires a passkey. */
async function asked(terms: Partial<PasskeyTerms> = {}, session?: ConnectorSession): Promise<Asked> {
  const account = await control().createAccount({});
  await control().setPasskey({ phoneNumber: account.phoneNumber, required: 'always', ...terms });
  const own = session ?? (await fixture.createSession());
  expect(await scan(own, account)).toEqual({ device: null });
  return { session: own, account };
}

/** Creates a session whose settings require every code to be compared. */
const careful = (): Promise<ConnectorSession> => fixture.createSession({ ...DEFAULT_SETTINGS, passkeyCode: 'always' });

const request = (session: ConnectorSession, link = false): Promise<PasskeyRequest> =>
  session.command('getPasskey', { link }) as Promise<PasskeyRequest>;

/** Returns the assertion of the browser with the passkey. */
async function signed({ session, account }: Asked, wrong: object = {}): Promise<object> {
  await at(session, 'assertion');
  const { options } = await request(session);
  return control().assertPasskey({ phoneNumber: account.phoneNumber, options: options!, ...wrong });
}

async function submit(of: Asked): Promise<unknown> {
  return of.session.command('submitPasskeyAssertion', { assertion: await signed(of) }, 30_000);
}

const stages = (session: ConnectorSession): (PasskeyStage | null)[] =>
  session.events('auth.passkey').map(({ body }) => (JSON.parse(body) as PasskeyChanged).stage);

async function lastFailure(session: ConnectorSession): Promise<PasskeyChanged> {
  const { body } = await session.awaitEvent('auth.passkey', text => text.includes('"failed"'));
  return JSON.parse(body) as PasskeyChanged;
}

/** Expects a new QR code after a failure. */
async function expectNewStart({ session }: Asked): Promise<void> {
  await session.awaitStatus(status => status.passkey === null && status.qr !== null);
}

/** Expects that the session can be linked to an account that requires no passkey. */
async function expectNewLink(of: Asked): Promise<void> {
  await expectNewStart(of);
  const { session } = of;
  const other = await control().createAccount({});
  await scan(session, other);
  await session.awaitState('open');
}

const exchangeOf = async ({ phoneNumber }: SimulatedAccount) => (await control().passkeyExchanges({ phoneNumber })).at(-1)!;

describe('a link by QR code and passkey', () => {
  test('goes from scan to open session, and reports each stage', async () => {
    const of = await asked();
    const { passkey, qr, state } = await at(of.session, 'assertion');
    expect({ qr, state }).toEqual({ qr: null, state: 'pairing' });
    expect(passkey).toMatchObject({ code: null, compare: false, error: null });
    await submit(of);
    await of.session.awaitState('open');
    await of.session.awaitEvent('auth.passkey', body => body.includes('"stage":null'));
    expect(stages(of.session)).toEqual(['assertion', 'sending', 'waiting-for-phone', 'finishing', null]);
    expect((await of.session.status())!.passkey).toBeNull();
    expect(await exchangeOf(of.account)).toMatchObject({ stage: 'linked', proof: true });
    expect((await control().acknowledgements({ phoneNumber: of.account.phoneNumber, waitMs: 5_000 })).missing).toEqual([]);
    const statuses = of.session.events('session.status').map(({ body }) => (JSON.parse(body) as { passkey: unknown }).passkey);
    expect(statuses).toContainEqual({ stage: 'assertion' });
  });

  test.each(['on-request', 'empty', 'oversized', 'not-json'] as const)('requests options that came %s', async options => {
    const of = await asked({ options });
    await submit(of);
    await of.session.awaitState('open');
  });

  test('accepts only the passkey that is requested by name', async () => {
    const of = await asked({ listCredential: true });
    const stranger = Buffer.from('another passkey').toString('base64url');
    await expect(
      of.session.command('submitPasskeyAssertion', { assertion: await signed(of, { credentialId: stranger }) })
    ).rejects.toMatchObject({ code: 'INVALID_ARGUMENTS', details: { fields: { 'assertion.id': expect.any(Array) as unknown } } });
    await submit(of);
    await of.session.awaitState('open');
  });

  test('changes nothing if WhatsApp asks twice', async () => {
    const of = await asked();
    await at(of.session, 'assertion');
    // Both secrets of the link so far: the events may arrive later than the status.
    const secrets = () => of.session.events('creds.update').length;
    await awaitCondition(secrets, count => count === 2);
    await control().repeatPasskeyRequest({ phoneNumber: of.account.phoneNumber });
    const acks = await awaitCondition(
      () => control().acknowledgements({ waitMs: 5_000 }),
      ({ missing }) => !missing.some(({ type }) => type === 'passkey_prologue_request')
    );
    expect(acks.repeated).toBe(0);
    expect(secrets()).toBe(2);
    await submit(of);
    await of.session.awaitState('open');
    expect(await exchangeOf(of.account)).toMatchObject({ proof: true });
  });

  test('shows no QR code and gives no pairing code meanwhile', async () => {
    const of = await asked();
    await at(of.session, 'assertion');
    await expect(of.session.command('requestPairingCode', { phoneNumber: of.account.phoneNumber })).rejects.toMatchObject({
      code: 'QR_NOT_AVAILABLE',
      details: { passkey: true }
    });
    // By then, the earlier QR codes are published.
    await of.session.awaitEvent('auth.passkey');
    const codes = of.session.events('auth.qr').length;
    await control().refreshRegistration({ connection: (await exchangeOf(of.account)).connection });
    await submit(of);
    await of.session.awaitState('open');
    expect(of.session.events('auth.qr')).toHaveLength(codes);
  });

  test('that is canceled is followed by a new QR code', async () => {
    const of = await asked();
    await at(of.session, 'assertion');
    await expect(of.session.command('cancelPasskey', {})).resolves.toMatchObject({ stage: null });
    await expectNewLink(of);
    await expect(of.session.command('cancelPasskey', {})).rejects.toMatchObject({ code: 'PASSKEY_NOT_REQUESTED' });
  });

  test('ends if the session is stopped', async () => {
    const of = await asked();
    await at(of.session, 'assertion');
    await of.session.setDesired('stopped');
    await of.session.awaitStatus(status => status.state === 'stopped' && status.passkey === null);
    await of.session.awaitEvent('auth.passkey', body => body.includes('"stage":null'));
  });
});

describe('a link by pairing code and passkey', () => {
  test('goes from the code to an open session', async () => {
    const session = await fixture.createSession();
    const account = await control().createAccount({});
    await control().setPasskey({ phoneNumber: account.phoneNumber, required: 'always' });
    await qrOf(session);
    const { code } = (await session.command('requestPairingCode', { phoneNumber: account.phoneNumber })) as PairingCodeIssued;
    await expect(control().enterPairingCode({ phoneNumber: account.phoneNumber, code })).resolves.toEqual({ device: null });
    expect((await at(session, 'assertion')).pairingCode).toBeNull();
    await submit({ session, account });
    expect((await session.awaitState('open')).account?.id).toBe(account.pnJid);
    const acks = await control().acknowledgements({ phoneNumber: account.phoneNumber, waitMs: 5_000 });
    expect(acks).toMatchObject({ missing: [], repeated: 0 });
  });
});

describe('the code', () => {
  test('is the code on the phone, compared if settings require it', async () => {
    const of = await asked({ phoneConfirms: true }, await careful());
    await submit(of);
    const { passkey } = await at(of.session, 'confirmation');
    expect(passkey).toMatchObject({ compare: true, code: (await control().passkeyCode({ phoneNumber: of.account.phoneNumber })).code });
    await expect(of.session.command('confirmPasskey', { equal: true })).resolves.toMatchObject({ stage: 'finishing' });
    await control().confirmPasskey({ phoneNumber: of.account.phoneNumber, equal: true });
    await of.session.awaitState('open');
    expect(stages(of.session)).toEqual(['assertion', 'sending', 'waiting-for-phone', 'confirmation', 'finishing', null]);
  });

  test('that differs ends the link, and nothing is sent', async () => {
    const of = await asked({}, await careful());
    await submit(of);
    await at(of.session, 'confirmation');
    await expect(of.session.command('confirmPasskey', { equal: false })).resolves.toMatchObject({
      stage: 'failed',
      error: { reason: 'code-differs', step: null, statusCode: null }
    });
    expect((await exchangeOf(of.account)).steps.map(({ step }) => step)).not.toContain('request');
    await expectNewStart(of);
  });

  test('is also reported if no comparison is required', async () => {
    const of = await asked({ phoneConfirms: true });
    await submit(of);
    const { passkey } = await at(of.session, 'finishing');
    expect(passkey).toMatchObject({ compare: false, code: (await control().passkeyCode({ phoneNumber: of.account.phoneNumber })).code });
    await control().confirmPasskey({ phoneNumber: of.account.phoneNumber, equal: true });
    await of.session.awaitState('open');
  });
});

describe('a command out of its stage', () => {
  test('before WhatsApp requests it is refused', async () => {
    const session = await fixture.createSession();
    await qrOf(session);
    const commands: [string, object][] = [
      ['getPasskey', {}],
      ['submitPasskeyAssertion', { assertion: {} }],
      ['confirmPasskey', { equal: true }],
      ['cancelPasskey', {}]
    ];
    for (const [method, args] of commands)
      await expect(session.command(method, args)).rejects.toMatchObject({ code: 'PASSKEY_NOT_REQUESTED', details: { stage: null } });
  });

  test('confirmPasskey before the phone continues names the stage', async () => {
    const of = await asked();
    await at(of.session, 'assertion');
    await expect(of.session.command('confirmPasskey', { equal: true })).rejects.toMatchObject({
      code: 'PASSKEY_NOT_REQUESTED',
      details: { stage: 'assertion' }
    });
  });

  test('an assertion that WhatsApp would refuse is not sent', async () => {
    const of = await asked();
    const wrongs: [string, object, string][] = [
      ['another origin', { origin: 'https://wabus.example' }, 'assertion.response.clientDataJSON'],
      ['another domain', { rpId: 'example.com' }, 'assertion.response.authenticatorData'],
      ['another challenge', { challenge: 'AAAA' }, 'assertion.response.clientDataJSON'],
      ['nobody verified', { userVerified: false }, 'assertion.response.authenticatorData'],
      ['a frame', { crossOrigin: true }, 'assertion.response.clientDataJSON']
    ];
    for (const [what, wrong, field] of wrongs) {
      const assertion = await signed(of, wrong);
      const error: unknown = await of.session.command('submitPasskeyAssertion', { assertion }).catch((thrown: unknown) => thrown);
      expect({ what, error }).toMatchObject({
        what,
        error: { code: 'INVALID_ARGUMENTS', details: { fields: { [field]: expect.any(Array) as unknown } } }
      });
      expect((await of.session.status())!.passkey?.stage).toBe('assertion');
    }
    expect((await exchangeOf(of.account)).steps.map(({ step }) => step)).not.toContain('prologue');
    await submit(of);
    await of.session.awaitState('open');
  });
});

describe('a failure', () => {
  test.each(['refused', 'broken'] as const)('without options (%s) is reported, and a QR code follows', async options => {
    const of = await asked({ options });
    expect((await lastFailure(of.session)).error).toMatchObject({ reason: 'no-options', step: 'options' });
    await expectNewStart(of);
  });

  test.each([
    ['ref', 401],
    ['prologue', 400]
  ] as const)('of the step %s fails the command', async (step, code) => {
    const of = await asked({ faults: { refuse: { step, code } } });
    await expect(submit(of)).rejects.toMatchObject({ code: 'REFUSED_BY_WHATSAPP', details: { step, statusCode: code } });
    expect((await lastFailure(of.session)).error).toEqual({ reason: 'refused', step, statusCode: code });
    await expectNewStart(of);
  });

  test('an assertion that WhatsApp refuses fails the command', async () => {
    const of = await asked();
    const assertion = await signed(of, { foreignKey: true });
    await expect(of.session.command('submitPasskeyAssertion', { assertion })).rejects.toMatchObject({
      code: 'REFUSED_BY_WHATSAPP',
      details: { step: 'prologue', statusCode: 400 }
    });
    await expectNewLink(of);
  });

  test.each([
    ['nonce', 403],
    ['request', 500]
  ] as const)('of the step %s is reported', async (step, code) => {
    const of = await asked({ faults: { refuse: { step, code } } });
    await submit(of);
    expect((await lastFailure(of.session)).error).toEqual({ reason: 'refused', step, statusCode: code });
    await expectNewStart(of);
  });

  test.each(['short-key', 'short-nonce', 'garbage'] as const)('by a response of the phone with %s is reported', async badContinuation => {
    const of = await asked({ faults: { badContinuation } });
    await submit(of);
    expect((await lastFailure(of.session)).error).toEqual({ reason: 'invalid-answer', step: null, statusCode: null });
    await expectNewStart(of);
  });

  test('to continue in time is reported for each step', async () => {
    const silent = await asked({ faults: { noContinuation: true } });
    const unfinished = await asked({ faults: { noPairSuccess: true } });
    const undecided = await asked({}, await careful());
    await Promise.all([submit(silent), submit(unfinished), submit(undecided)]);
    expect((await lastFailure(silent.session)).error).toMatchObject({ reason: 'phone-did-not-continue' });
    expect((await lastFailure(undecided.session)).error).toMatchObject({ reason: 'not-finished' });
    expect((await lastFailure(unfinished.session)).error).toMatchObject({ reason: 'not-finished' });
    await Promise.all([silent, undecided].map(expectNewStart));
    await expectNewLink(unfinished);
  });

  test.each(['ref', 'prologue', 'nonce', 'request'] as const)('of the connection at the step %s is reported', async closeAt => {
    const of = await asked({ faults: { closeAt } });
    await submit(of).catch((error: { code: string }) => expect(error.code).toBe('TIMEOUT'));
    expect((await lastFailure(of.session)).error).toMatchObject({ reason: 'connection-lost' });
    await expectNewStart(of);
  });
});

describe('a pending request', () => {
  afterEach(() => control().setLinking({ challengeOutlivesConnection: false }));

  /** Makes WhatsApp close the connection of an unlinked client. */
  async function lose(of: Asked): Promise<PasskeyOptions> {
    await at(of.session, 'assertion');
    const { options } = await request(of.session);
    const { connection } = await exchangeOf(of.account);
    const attrs = { code: '503' };
    await control().sendStanza({ connection, stanza: { tag: 'stream:error', attrs } });
    await of.session.awaitStatus(status => status.lastDisconnect?.code === 503);
    await of.session.awaitStatus(status => status.state === 'pairing');
    return options!;
  }

  test('outlives its connection and links over the next one', async () => {
    await control().setLinking({ challengeOutlivesConnection: true });
    const of = await asked();
    await of.session.awaitEvent('auth.passkey');
    const codes = of.session.events('auth.qr').length;
    const before = await lose(of);
    expect((await of.session.status())!.passkey?.stage).toBe('assertion');
    expect((await request(of.session)).options).toEqual(before);
    expect(of.session.events('auth.qr')).toHaveLength(codes);
    await submit(of);
    await of.session.awaitState('open');
  });

  test('that is stale is reported, and a new QR code follows', async () => {
    const of = await asked();
    await lose(of);
    await expect(submit(of)).rejects.toMatchObject({ code: 'REFUSED_BY_WHATSAPP' });
    await expectNewLink(of);
  });
});

test('a killed connector ends the exchange at any stage', async () => {
  // No stage expires before the kill.
  await fixture.connector.stop();
  await fixture.startConnector();
  const waiting = await asked();
  const sending = await asked({ faults: { delay: { step: 'ref', ms: 20_000 } } });
  const silent = await asked({ faults: { noContinuation: true } });
  const comparing = await asked({}, await careful());
  const unfinished = await asked({ phoneConfirms: true });
  await at(waiting.session, 'assertion');
  submit(sending).catch(() => undefined);
  await Promise.all([submit(silent), submit(comparing), submit(unfinished)]);
  await Promise.all([
    at(sending.session, 'sending'),
    at(silent.session, 'waiting-for-phone'),
    at(comparing.session, 'confirmation'),
    at(unfinished.session, 'finishing')
  ]);
  await fixture.connector.kill();
  await fixture.startConnector({ WABUS_PASSKEY_STEP_MS: String(STEP_MS) });
  await Promise.all([waiting, sending, silent, comparing].map(expectNewStart));
  await expectNewLink(unfinished);
}, 120_000);

test('challenge and assertion are in no log, event or command', async () => {
  const of = await asked();
  await at(of.session, 'assertion');
  const { options, url } = (await of.session.command('getPasskey', { link: true }, 10_000, 'key-1')) as PasskeyRequest;
  const assertion = (await control().assertPasskey({ phoneNumber: of.account.phoneNumber, options: options! })) as {
    response: { clientDataJSON: string; signature: string };
  };
  await of.session.command('submitPasskeyAssertion', { assertion }, 30_000, 'key-2');
  await of.session.awaitState('open');
  const secrets = [options!.challenge, assertion.response.clientDataJSON, assertion.response.signature, url!.split('/').at(-1)!];
  const output = [...fixture.connector.lines, ...of.session.events().map(({ body }) => body), JSON.stringify(await of.session.status())];
  for (const secret of secrets) expect(output.filter(text => text.includes(secret))).toEqual([]);
});
