import { proto } from '@whiskeysockets/baileys';
import type { World } from '../world/world.js';

/** The maximum number of entries in the table of a phone. */
const KNOWN_NUMBERS = 1_000;

/**
 * Returns the message with which a phone notifies its linked devices that the account is migrated to LIDs: whatsapp-rust
 * `handle_lid_migration_mapping_sync`, Baileys' process-message.js.
 */
export function migrationMessage(world: World): proto.IMessage {
  const pnToLidMappings = world.accounts
    .all()
    .slice(-KNOWN_NUMBERS)
    .map(({ phoneNumber, lid }) => ({ pn: Number(phoneNumber), assignedLid: Number(lid) }));
  const payload = { pnToLidMappings, chatDbMigrationTimestamp: Math.floor(Date.now() / 1_000) };
  const encodedMappingPayload = proto.LIDMigrationMappingSyncPayload.encode(payload).finish();
  return {
    protocolMessage: {
      type: proto.Message.ProtocolMessage.Type.LID_MIGRATION_MAPPING_SYNC,
      lidMigrationMappingSyncMessage: { encodedMappingPayload }
    }
  };
}
