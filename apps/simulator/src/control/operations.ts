import type { ConnectionsRegistry } from '../connection/connections.registry.js';
import type { Features } from '../features-contract.js';
import type { FaultBoard } from '../faults/fault-board.js';
import type { Chatter } from '../messages/chatter.js';
import type { PairingDesk } from '../pairing/pairing.desk.js';
import type { World } from '../world.js';
import { accountOperations } from './account.operations.js';
import { Directory } from './directory.js';
import { faultOperations } from './fault.operations.js';
import { linkingOperations } from './linking.operations.js';
import { loadOperations } from './load.operations.js';
import { LoginRecorder } from './login.recorder.js';
import { messageOperations } from './message.operations.js';
import type { OperationTable } from './operation-table.js';
import { passkeyOperations } from './passkey.operations.js';
import { stimulusOperations } from './stimulus.operations.js';
import { stormOperations } from './storm.operations.js';

/** What the control operations work on. */
export interface ControlContext {
  world: World;
  directory: Directory;
  connections: ConnectionsRegistry;
  pairing: PairingDesk;
  faults: FaultBoard;
  chatter: Chatter;
  stimuli: Features['stimuli'];
  logins: LoginRecorder;
}

/** The complete control API over a running world. */
export function createOperations(parts: Omit<ControlContext, 'directory' | 'logins'>): OperationTable {
  const context: ControlContext = { ...parts, directory: new Directory(parts.world), logins: new LoginRecorder(parts.world) };
  return {
    ...accountOperations(context),
    ...linkingOperations(context),
    ...passkeyOperations(context),
    ...messageOperations(context),
    ...stormOperations(context),
    ...stimulusOperations(context),
    ...faultOperations(context),
    ...loadOperations(context)
  };
}
