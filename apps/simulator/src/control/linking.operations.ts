import type { SimulatedConnection } from '@wabus/testing';
import type { Connection } from '../connection/connection.js';
import { waitUntil } from '../wait-until.js';
import { ControlError, type Fields } from './operation-fields.reader.js';
import type { ControlContext, OperationTable } from './control-context.js';

type LinkingOperations = Pick<
  OperationTable,
  'setLinking' | 'connections' | 'acknowledgements' | 'refreshRegistration' | 'refreshPairingCode'
>;

const MS = { min: 0, max: 86_400_000 };

/** Operations on clients that are not linked yet, and the report of who acknowledges which notifications. */
export function linkingOperations({ world, directory, pairing, connections }: ControlContext): LinkingOperations {
  const unlinked = (fields: Fields) => unlinkedClient(fields, { pairing, connections });
  const describe = (connection: Connection): SimulatedConnection => {
    const { notifications, missing } = world.acknowledgements.report(({ id }) => id === connection.id);
    return {
      connection: connection.id,
      phoneNumber: connection.phoneNumber,
      device: connection.device?.id ?? null,
      references: pairing.referencesOf(connection),
      codeFor: pairing.codes.of(connection)?.phoneNumber ?? null,
      openedAt: connection.openedAt,
      notifications,
      unacknowledged: missing.length
    };
  };

  return {
    setLinking(fields) {
      const changes = {
        registrationRefresh: fields.optionalOneOf('registrationRefresh', ['at-scan', 'with-qr']),
        unlinkedConnectionMs: fields.optionalInteger('unlinkedConnectionMs', MS),
        pairingCodeMs: fields.optionalInteger('pairingCodeMs', MS),
        pairingCodesPerNumber: fields.optionalInteger('pairingCodesPerNumber', { min: 0, max: 1_000_000 }),
        pairingCodeWindowMs: fields.optionalInteger('pairingCodeWindowMs', MS),
        handoffProofMs: fields.optionalInteger('handoffProofMs', MS),
        challengeOutlivesConnection: fields.optionalBoolean('challengeOutlivesConnection')
      };
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      return { ...Object.assign(world.settings.linking, given) };
    },

    connections(fields) {
      const phoneNumber = fields.optionalString('phoneNumber');
      const account = phoneNumber === undefined ? undefined : directory.account(phoneNumber);
      return connections
        .all()
        .filter(connection => connection.client && (!account || connection.phoneNumber === account.phoneNumber))
        .map(describe);
    },

    async acknowledgements(fields) {
      const phoneNumber = fields.optionalString('phoneNumber');
      const account = phoneNumber === undefined ? undefined : directory.account(phoneNumber);
      const id = fields.optionalString('connection');
      const report = () =>
        world.acknowledgements.report(
          connection => (id === undefined || connection.id === id) && (!account || connection.phoneNumber === account.phoneNumber)
        );
      await waitUntil(world, ['acknowledged'], { condition: () => report().missing.length === 0, waitMs: fields.waitMs(0) });
      return report();
    },

    refreshRegistration(fields) {
      const form = fields.optionalOneOf('form', ['companion_reg_refresh', 'pair-device-rotate-qr', 'none']);
      const qr = fields.optionalString('qr');
      const connection = unlinked(fields);
      const shown = qr === undefined ? undefined : pairing.shownBy(qr).secret;
      return { connection: connection.id, id: pairing.registrations.refresh(connection, { form, shown }) };
    },

    refreshPairingCode(fields) {
      const connection = unlinked(fields);
      const exchange = pairing.codes.of(connection);
      if (!exchange) throw new ControlError(`connection ${connection.id} shows no pairing code`);
      const id = pairing.codes.refresh(exchange, {
        forceManual: fields.boolean('forceManual'),
        oldReference: fields.optionalBoolean('oldReference')
      });
      return { connection: connection.id, id };
    }
  };
}

/** Returns the unlinked client that a request names, or the only one. */
function unlinkedClient(fields: Fields, { pairing, connections }: Pick<ControlContext, 'pairing' | 'connections'>): Connection {
  const id = fields.optionalString('connection');
  const qr = fields.optionalString('qr');
  const phoneNumber = fields.optionalString('phoneNumber');
  const waiting = connections.all().filter(connection => connection.client && !connection.device && !pairing.isLinking(connection));
  const found = () => {
    if (id !== undefined) return waiting.filter(connection => connection.id === id);
    if (qr !== undefined) return waiting.filter(connection => connection === pairing.shownBy(qr).connection);
    if (phoneNumber !== undefined) return waiting.filter(connection => pairing.codes.of(connection)?.phoneNumber === phoneNumber);
    return waiting;
  };
  const [connection, ...others] = found();
  if (!connection) throw new ControlError('no client that is waiting to be linked matches');
  if (others.length > 0) throw new ControlError('several clients are waiting to be linked: select one by connection, qr or phoneNumber');
  return connection;
}
