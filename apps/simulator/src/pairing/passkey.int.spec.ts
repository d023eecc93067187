import '../quiet-console.fixture.js';
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { AssertPasskeyArgs, ExportedPasskey, PasskeyAssertion, PasskeyExchangeReport, SimulatedAccount } from '@wabus/testing';
import { connectClient, linkingClient, post, scanShown, type LinkingClient } from '../baileys-client.fixture.js';
import { PasskeyCompanion, type PasskeyMistakes } from '../passkey-companion.fixture.js';
import { Simulator } from '../simulator.js';
import { sha256 } from './webauthn-assertion.policy.js';
import { defaultLinking } from '../world/linking-terms.js';

describe('linking by passkey', () => {
  let simulator: Simulator;
  /** The account of the current test. */
  let phoneNumber: string;
  const clients: LinkingClient[] = [];

  beforeAll(async () => {
    simulator = await Simulator.start({});
  });

  afterAll(() => simulator.stop());

  beforeEach(async () => {
    await post(simulator, 'setLinking', defaultLinking);
    ({ phoneNumber } = await post<SimulatedAccount>(simulator, 'createAccount', {}));
    await demand({});
  });

  afterEach(async () => {
    for (const { socket } of clients.splice(0)) await socket.end(undefined).catch(() => undefined);
  });

  const demand = (terms: object) => post(simulator, 'setPasskey', { phoneNumber, required: 'always', ...terms });
  const assertion = (options: string | undefined, changes: Partial<AssertPasskeyArgs> = {}) =>
    post<PasskeyAssertion>(simulator, 'assertPasskey', { phoneNumber, options: JSON.parse(options ?? '{}') as object, ...changes });
  const report = async (): Promise<PasskeyExchangeReport> =>
    (await post<PasskeyExchangeReport[]>(simulator, 'passkeyExchanges', { phoneNumber })).at(-1)!;
  const refusal = async () => (await report()).steps.find(({ accepted }) => !accepted);
  const codeOf = (err: unknown) => Number((err as { data?: number }).data);
  const missing = async () => (await post<{ missing: object[] }>(simulator, 'acknowledgements', { waitMs: 5_000 })).missing;

  /** Returns a client whose QR code was scanned: the phone shows "continue on WhatsApp Web". */
  const scanned = async (mistakes?: PasskeyMistakes) => {
    const client = linkingClient(simulator.ready.url);
    clients.push(client);
    const passkey = new PasskeyCompanion(client.companion, mistakes);
    expect(await scanShown(simulator, phoneNumber, client.companion)).toEqual({ device: null });
    return { client, passkey, options: await passkey.requested() };
  };

  it('by QR with a proof ends in a linked device', async () => {
    const { client, passkey, options } = await scanned();
    expect(JSON.parse(options!)).toEqual({
      challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      timeout: 600_000,
      rpId: 'whatsapp.com',
      allowCredentials: [],
      userVerification: 'required',
      extensions: { uvm: true }
    });
    await passkey.sendPrologue(await assertion(options));
    const code = await passkey.openCommitment();
    expect(await post(simulator, 'passkeyCode', { phoneNumber })).toEqual({ code });
    await passkey.sendRequest();
    expect(await client.trace.closeCode()).toBe(515);
    expect(await missing()).toEqual([]);
    const { steps, ...outcome } = await report();
    expect(outcome).toMatchObject({ stage: 'linked', proof: true, device: 1, code });
    expect(steps.map(({ step }) => step)).toEqual(['ref', 'prologue', 'nonce', 'request']);
    const again = connectClient(simulator.ready.url, client.auth);
    await again.trace.open();
    await again.socket.end(undefined);
  });

  it('by pairing code ends in a linked device', async () => {
    const client = linkingClient(simulator.ready.url);
    clients.push(client);
    const passkey = new PasskeyCompanion(client.companion);
    await client.companion.qr();
    const code = await client.socket.requestPairingCode(phoneNumber);
    expect(await post(simulator, 'enterPairingCode', { phoneNumber, code })).toEqual({ device: null });
    await passkey.sendPrologue(await assertion(await passkey.requested()));
    await passkey.openCommitment();
    await passkey.sendRequest();
    expect(await client.trace.closeCode()).toBe(515);
    expect(await report()).toMatchObject({ stage: 'linked', proof: true });
  });

  it('works without a proof, with the code to compare', async () => {
    await demand({ phoneConfirms: true });
    const { client, passkey, options } = await scanned({ proof: 'none' });
    await passkey.sendPrologue(await assertion(options));
    await passkey.openCommitment();
    await passkey.sendRequest();
    expect(await report()).toMatchObject({ stage: 'confirmation', proof: false });
    await post(simulator, 'confirmPasskey', { phoneNumber, equal: true });
    expect(await client.trace.closeCode()).toBe(515);
  });

  it('links no device if the owner reports different codes', async () => {
    await demand({ phoneConfirms: true });
    const { passkey, options } = await scanned();
    await passkey.sendPrologue(await assertion(options));
    await passkey.openCommitment();
    await passkey.sendRequest();
    await post(simulator, 'confirmPasskey', { phoneNumber, equal: false });
    expect(await report()).toMatchObject({ stage: 'failed', device: null });
    await expect(post(simulator, 'confirmPasskey', { phoneNumber, equal: true, waitMs: 0 })).rejects.toThrow(
      /shows no confirmation request/
    );
  });

  describe('provides the options', () => {
    it.each(['on-request', 'empty', 'oversized', 'not-json'])('on request if they are %s', async options => {
      await demand({ options });
      const { passkey, options: notified } = await scanned();
      const usable = notified !== undefined && notified.length > 0 && notified.length <= 4096 && notified.endsWith('}');
      expect(usable).toBe(false);
      await passkey.sendPrologue(await assertion(await passkey.askOptions()));
      await passkey.openCommitment();
    });

    it('nowhere if they are refused', async () => {
      await demand({ options: 'refused' });
      const { passkey } = await scanned();
      expect(await passkey.askOptions().catch(codeOf)).toBe(404);
      expect(await report()).toMatchObject({ stage: 'failed' });
    });

    it('incompletely if they are broken', async () => {
      await demand({ options: 'broken' });
      const { passkey, options } = await scanned();
      for (const text of [options, await passkey.askOptions()]) expect(() => JSON.parse(text ?? '') as unknown).toThrow();
    });

    it('with the credential if it is to be listed', async () => {
      await demand({ listCredential: true });
      const { options } = await scanned();
      const { allowCredentials } = JSON.parse(options!) as { allowCredentials: object[] };
      expect(allowCredentials).toEqual([{ type: 'public-key', id: (await assertion(options)).id }]);
    });

    it('with the same challenge when it asks again', async () => {
      const { client, passkey, options } = await scanned();
      const repeated = new Promise<unknown>(resolve => client.socket.ws.once('CB:notification,type:passkey_prologue_request', resolve));
      await post(simulator, 'repeatPasskeyRequest', { phoneNumber });
      expect(JSON.stringify(await repeated)).toContain(JSON.stringify(Buffer.from(options!)).slice(1, -1));
      await passkey.sendPrologue(await assertion(options));
      await passkey.openCommitment();
      expect(await missing()).toEqual([]);
    });
  });

  it('refuses an assertion with 400', async () => {
    const { passkey, options } = await scanned();
    expect(await passkey.sendPrologue(await assertion(options, { origin: 'https://whatsapp.com.example' })).catch(codeOf)).toBe(400);
    expect(await refusal()).toMatchObject({ step: 'prologue', reason: expect.stringMatching(/another origin/) as string });
    expect(await report()).toMatchObject({ stage: 'failed' });
  });

  it.each<[string, PasskeyMistakes, RegExp]>([
    ['a proof of another secret', { proof: 'wrong' }, /proof/],
    ['another reference', { reference: '2@other' }, /reference/],
    ['the parts in another order', { parts: parts => parts.toReversed() }, /parts/],
    ['one part too few', { parts: parts => parts.slice(0, 2) }, /parts/],
    ['one part too many', { parts: parts => [...parts, { tag: 'more', attrs: {} }] }, /parts/]
  ])('refuses a prologue with %s', async (_case, mistakes, reason) => {
    const { passkey, options } = await scanned(mistakes);
    expect(await passkey.sendPrologue(await assertion(options)).catch(codeOf)).toBe(400);
    expect((await refusal())?.reason).toMatch(reason);
  });

  it('refuses a proof that is older than five minutes', async () => {
    expect(await post(simulator, 'setLinking', { handoffProofMs: 0 })).toMatchObject({ handoffProofMs: 0 });
    const { passkey, options } = await scanned();
    await new Promise(resolve => setTimeout(resolve, 5));
    expect(await passkey.sendPrologue(await assertion(options)).catch(codeOf)).toBe(400);
    expect((await refusal())?.reason).toMatch(/too old/);
  });

  it.each<PasskeyMistakes['nonce']>(['other', 'short'])('refuses a nonce that is %s', async nonce => {
    const { passkey, options } = await scanned({ nonce });
    await passkey.sendPrologue(await assertion(options));
    expect(await passkey.openCommitment().catch(codeOf)).toBe(400);
    expect(await refusal()).toMatchObject({ step: 'nonce' });
  });

  it.each<[string, PasskeyMistakes, RegExp]>([
    ['of another Noise key', { requestKey: 'noise' }, /Noise/],
    ['of another identity', { requestKey: 'identity' }, /identity/],
    ['that cannot be opened', { seal: 'wrong' }, /sealed/],
    ['with the secret of the QR code', { keepsSecret: true }, /not renewed/]
  ])('refuses a registration %s', async (_case, mistakes, reason) => {
    const { passkey, options } = await scanned(mistakes);
    await passkey.sendPrologue(await assertion(options));
    await passkey.openCommitment();
    expect(await passkey.sendRequest().catch(codeOf)).toBe(400);
    expect((await refusal())?.reason).toMatch(reason);
  });

  describe('fails on demand', () => {
    const steps = ['ref', 'prologue', 'nonce', 'request'] as const;
    const run = async ({ passkey, options }: Awaited<ReturnType<typeof scanned>>) => {
      await passkey.sendPrologue(await assertion(options));
      await passkey.openCommitment();
      await passkey.sendRequest();
    };

    it.each(steps)('by refusing the step %s with a code', async step => {
      await demand({ faults: { refuse: { step, code: 463 } } });
      expect(await run(await scanned()).catch(codeOf)).toBe(463);
      expect(await refusal()).toMatchObject({ step });
    });

    it.each(steps)('by closing the connection at the step %s', async step => {
      await demand({ faults: { closeAt: step } });
      const link = await scanned();
      expect(
        await run(link).then(
          () => 'linked',
          () => 'failed'
        )
      ).toBe('failed');
      expect(await link.client.trace.closeCode()).toBe(428);
      expect(await report()).toMatchObject({ stage: 'left' });
    });

    it('by responding late', async () => {
      await demand({ faults: { delay: { step: 'ref', ms: 300 } } });
      const link = await scanned();
      const since = Date.now();
      await run(link);
      expect(Date.now() - since).toBeGreaterThanOrEqual(295);
    });

    it('with a phone that never continues', async () => {
      await demand({ faults: { noContinuation: true } });
      const { passkey, options } = await scanned();
      await passkey.sendPrologue(await assertion(options));
      await expect(post(simulator, 'passkeyCode', { phoneNumber, waitMs: 100 })).rejects.toThrow(/shows no code/);
      expect(await report()).toMatchObject({ stage: 'waiting-for-nonce' });
    });

    it.each([
      ['short-key', [31, 32]],
      ['short-nonce', [32, 31]]
    ])('with a phone that continues with a %s', async (badContinuation, lengths) => {
      await demand({ faults: { badContinuation } });
      const { passkey, options } = await scanned();
      await passkey.sendPrologue(await assertion(options));
      const { publicKey, nonce } = await passkey.continued();
      expect([publicKey.length, nonce.length]).toEqual(lengths);
    });

    it('with a phone that continues with garbage', async () => {
      await demand({ faults: { badContinuation: 'garbage' } });
      const { passkey, options } = await scanned();
      await passkey.sendPrologue(await assertion(options));
      await expect(passkey.continued()).rejects.toThrow();
    });

    it('without pair-success', async () => {
      await demand({ faults: { noPairSuccess: true } });
      await run(await scanned());
      expect(await report()).toMatchObject({ stage: 'finishing', device: null });
    });

    it.each([{ refuse: { step: 'nothing', code: 400 } }, { explode: true }, { closeAt: 7 }])('but not by %j', async faults => {
      await expect(demand({ faults })).rejects.toThrow();
    });
  });

  it('refuses a step that is not due', async () => {
    const { passkey } = await scanned();
    expect(await passkey.ask('set', { tag: 'companion_nonce', attrs: {}, content: randomBytes(32) }).catch(codeOf)).toBe(400);
    expect((await refusal())?.reason).toMatch(/is at assertion/);
  });

  it('refuses every step without an exchange', async () => {
    const client = linkingClient(simulator.ready.url);
    clients.push(client);
    await client.companion.qr();
    const passkey = new PasskeyCompanion(client.companion);
    expect(await passkey.ask('get', { tag: 'ref', attrs: {} }).catch(codeOf)).toBe(400);
  });

  it('restarts with another challenge after a new scan', async () => {
    const { client, passkey, options } = await scanned();
    expect(await passkey.sendPrologue(await assertion(options, { foreignKey: true })).catch(codeOf)).toBe(400);
    client.companion.show();
    const again = new PasskeyCompanion(client.companion);
    expect(await post(simulator, 'scanQr', { phoneNumber, qr: client.companion.shown.at(-1) })).toEqual({ device: null });
    const fresh = await again.requested();
    expect(fresh).not.toBe(options);
    await again.sendPrologue(await assertion(fresh));
    await again.openCommitment();
    await again.sendRequest();
    expect(await client.trace.closeCode()).toBe(515);
  });

  it.each([true, false])('keeps a challenge for a new connection: %s', async challengeOutlivesConnection => {
    await post(simulator, 'setLinking', { challengeOutlivesConnection });
    const { client, options } = await scanned({ proof: 'none' });
    await client.socket.end(undefined);
    await client.trace.closeCode();
    const next = linkingClient(simulator.ready.url, { auth: client.auth });
    clients.push(next);
    await next.companion.qr();
    const passkey = new PasskeyCompanion(next.companion, { proof: 'none' });
    const outcome = await passkey.sendPrologue(await assertion(options)).then(() => 'taken', codeOf);
    expect(outcome).toBe(challengeOutlivesConnection ? 'taken' : 400);
  });

  describe('with a passkey that is held elsewhere', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const credentialId = randomBytes(20).toString('base64url');
    const jwk = publicKey.export({ format: 'jwk' });
    const cbor = (x: string, y: string) => `a5010203262001215820${x}225820${y}`;
    const hex = (text: string | undefined) => Buffer.from(text ?? '', 'base64url').toString('hex');
    const forms = {
      spki: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
      cose: Buffer.from(cbor(hex(jwk.x), hex(jwk.y)), 'hex').toString('base64'),
      jwk
    };

    it.each(['spki', 'cose', 'jwk'] as const)('verifies its signature by a key given as %s', async form => {
      await post(simulator, 'registerPasskey', { phoneNumber, credentialId, publicKey: { [form]: forms[form] } });
      await expect(assertion('{"challenge": "AAAA"}')).rejects.toThrow(/does not have its private key/);
      const { passkey, options } = await scanned();
      await passkey.sendPrologue(signedElsewhere((JSON.parse(options!) as { challenge: string }).challenge));
      await passkey.openCommitment();
    });

    it.each([[{ spki: 'AAAA' }], [{ cose: 'oA' }], [{ jwk: {} }], [{}]])('refuses %j as a key', async given => {
      await expect(post(simulator, 'registerPasskey', { phoneNumber, credentialId, publicKey: given })).rejects.toThrow();
    });

    it('exports its own passkey for a browser', async () => {
      const exported = await post<ExportedPasskey>(simulator, 'exportPasskey', { phoneNumber });
      expect(exported).toMatchObject({ rpId: 'whatsapp.com', isResidentCredential: true, signCount: 0 });
      expect(Buffer.from(exported.credentialId, 'base64').toString('base64url')).toBe((await assertion('{"challenge": "AAAA"}')).id);
    });

    const signedElsewhere = (challenge: string): PasskeyAssertion => {
      const clientData = Buffer.from(
        JSON.stringify({ type: 'webauthn.get', challenge, origin: 'https://web.whatsapp.com', crossOrigin: false })
      );
      const authenticatorData = Buffer.concat([sha256(Buffer.from('whatsapp.com')), Buffer.from([0x05]), Buffer.alloc(4)]);
      const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(clientData)]), privateKey);
      const [clientDataJSON, data, signed] = [clientData, authenticatorData, signature].map(each => each.toString('base64url'));
      const response = { clientDataJSON: clientDataJSON!, authenticatorData: data!, signature: signed!, userHandle: null };
      return { id: credentialId, rawId: credentialId, type: 'public-key', response };
    };
  });
});
