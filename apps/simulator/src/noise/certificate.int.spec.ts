import '../quiet-console.fixture.js';
import { Curve, WA_CERT_DETAILS } from 'baileys-stock';
import { connectClient, pairedClient, post } from '../baileys-client.fixture.js';
import { verify } from '../signal/curve.js';
import { Simulator } from '../simulator.js';

describe('a client that verifies signatures', () => {
  const stock = { verify: Curve.verify, root: WA_CERT_DETAILS.PUBLIC_KEY };
  let simulator: Simulator;
  let answers: boolean[];

  beforeEach(async () => {
    answers = [];
    Curve.verify = (publicKey, message, signature) => {
      const answer = verify(publicKey, message, signature);
      answers.push(answer);
      return answer;
    };
    simulator = await Simulator.start({});
  });

  afterEach(async () => {
    Curve.verify = stock.verify;
    WA_CERT_DETAILS.PUBLIC_KEY = stock.root;
    await simulator.stop();
  });

  it('accepts the identity of a simulator whose root it trusts', async () => {
    WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(simulator.ready.rootPublicKey, 'base64');
    await post(simulator, 'createAccount', { phoneNumber: '15550000001' });
    const { socket } = await pairedClient(simulator, '15550000001');
    expect(answers.length).toBeGreaterThanOrEqual(5);
    expect(answers).not.toContain(false);
    await socket.end(undefined);
  });

  it('refuses the chain of an untrusted root', async () => {
    const { trace } = connectClient(simulator.ready.url);
    expect(await trace.closeCode()).toBe(400);
    expect(answers).toContain(false);
  });

  it('refuses a chain with a replaced signature', async () => {
    WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(simulator.ready.rootPublicKey, 'base64');
    const forger = await Simulator.start({ rootKey: { ...simulator.rootKey, private: Curve.generateKeyPair().private } });
    expect(forger.ready.rootPublicKey).toBe(simulator.ready.rootPublicKey);
    const { trace } = connectClient(forger.ready.url);
    expect(await trace.closeCode()).toBe(400);
    await forger.stop();
  });
});
