import type { Operation, Result } from '@wabus/testing';
import type { ConnectionsRegistry } from '../connection/connection.js';
import type { FaultRegistry } from '../faults/fault.registry.js';
import type { Features } from '../features.js';
import type { Chatter } from '../messages/chatter.service.js';
import type { PairingService } from '../pairing/pairing.service.js';
import type { World } from '../world/world.js';
import type { Directory } from './directory.js';
import type { LoginRecorder } from './login-recorder.js';
import type { Fields } from './operation-fields.reader.js';

/** One handler for each operation of the control contract; a missing or misnamed one does not compile. Handlers throw `ControlError`. */
export type OperationTable = { [K in Operation]: (fields: Fields) => Result<K> | Promise<Result<K>> };

/** The parts that control operations use. */
export interface ControlContext {
  world: World;
  directory: Directory;
  connections: ConnectionsRegistry;
  pairing: PairingService;
  faults: FaultRegistry;
  chatter: Chatter;
  stimuli: Features['stimuli'];
  logins: LoginRecorder;
}
