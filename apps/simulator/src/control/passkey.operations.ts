import { SimulatedPasskey } from '../accounts/passkey.js';
import { ORIGIN, RELYING_PARTY } from '../pairing/webauthn-assertion.policy.js';
import { waitUntil } from '../wait-until.js';
import { ControlError, Fields } from './operation-fields.reader.js';
import type { ControlContext, OperationTable } from './control-context.js';
import { readPasskeyTerms } from './passkey-terms.reader.js';
import { readBytes, readPublicKey } from './public-key.reader.js';

const DEFAULT_WAIT_MS = 10_000;
const MAX_CREDENTIAL_BYTES = 1023;

type PasskeyOperations = Pick<
  OperationTable,
  | 'setPasskey'
  | 'assertPasskey'
  | 'registerPasskey'
  | 'exportPasskey'
  | 'passkeyCode'
  | 'confirmPasskey'
  | 'repeatPasskeyRequest'
  | 'passkeyExchanges'
>;

const HELD_ELSEWHERE = 'the passkey was registered from outside: the simulator does not have its private key';

/** Operations for linking by passkey: the requirements of the service and the actions of the account's owner. */
export function passkeyOperations({ world, directory, pairing }: ControlContext): PasskeyOperations {
  const accountOf = (fields: Fields) => directory.account(fields.string('phoneNumber'));

  return {
    setPasskey(fields) {
      const account = accountOf(fields);
      account.passkeyTerms = { ...account.passkeyTerms, ...readPasskeyTerms(fields) };
      return account.passkeyTerms;
    },

    assertPasskey(fields) {
      const { passkey } = accountOf(fields);
      const options = new Fields(fields.object('options'));
      const credentialId = fields.optionalString('credentialId');
      const assertion = passkey.assert({
        rpId: fields.optionalString('rpId') ?? options.optionalString('rpId') ?? RELYING_PARTY,
        challenge: fields.optionalString('challenge') ?? options.string('challenge'),
        origin: fields.optionalString('origin') ?? ORIGIN,
        type: fields.optionalString('clientDataType') ?? 'webauthn.get',
        crossOrigin: fields.optionalBoolean('crossOrigin') ?? false,
        userPresent: fields.optionalBoolean('userPresent') ?? true,
        userVerified: fields.optionalBoolean('userVerified') ?? true,
        credentialId: credentialId === undefined ? undefined : readBytes('credentialId', credentialId),
        foreignKey: fields.optionalBoolean('foreignKey') ?? false
      });
      if (!assertion) throw new ControlError(HELD_ELSEWHERE);
      return assertion;
    },

    registerPasskey(fields) {
      const credentialId = readBytes('credentialId', fields.string('credentialId'));
      if (credentialId.length > MAX_CREDENTIAL_BYTES)
        throw new ControlError(`credentialId must have at most ${MAX_CREDENTIAL_BYTES} bytes`);
      accountOf(fields).passkey = SimulatedPasskey.heldElsewhere(credentialId, readPublicKey(fields.object('publicKey')));
      world.events.emit('changed');
      return {};
    },

    exportPasskey(fields) {
      const exported = accountOf(fields).passkey.export(RELYING_PARTY);
      if (!exported) throw new ControlError(HELD_ELSEWHERE);
      world.events.emit('changed');
      return exported;
    },

    async passkeyCode(fields) {
      const account = accountOf(fields);
      const code = () => pairing.passkeys.latest(account)?.shownCode ?? null;
      await waitUntil(world, ['passkey-change'], { condition: () => code() !== null, waitMs: fields.waitMs(DEFAULT_WAIT_MS) });
      const shown = code();
      if (shown === null) throw new ControlError(`the phone of ${account.phoneNumber} shows no code`);
      return { code: shown };
    },

    async confirmPasskey(fields) {
      const account = accountOf(fields);
      const condition = () => pairing.passkeys.asks(account);
      await waitUntil(world, ['passkey-change'], { condition, waitMs: fields.waitMs(DEFAULT_WAIT_MS) });
      if (!pairing.passkeys.confirm(account, fields.boolean('equal'))) {
        throw new ControlError(`the phone of ${account.phoneNumber} shows no confirmation request`);
      }
      return {};
    },

    repeatPasskeyRequest(fields) {
      const account = accountOf(fields);
      const exchange = pairing.passkeys.latest(account);
      if (!exchange || exchange.isOver) throw new ControlError(`${account.phoneNumber} has no passkey exchange in progress`);
      return { id: pairing.passkeys.ask(exchange) };
    },

    passkeyExchanges(fields) {
      const phoneNumber = fields.optionalString('phoneNumber');
      const account = phoneNumber === undefined ? undefined : directory.account(phoneNumber);
      return pairing.passkeys.all(account).map(exchange => exchange.report());
    }
  };
}
