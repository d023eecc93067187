import type { Features } from './features-contract.js';
import { GroupsRegistry } from './groups/groups.registry.js';
import { greetNewDevice } from './history/first-login.js';
import { answerPeerRequest } from './history/peer-request.responder.js';
import { routeIq } from './iq/iq-router.js';
import { mediaOf } from './media/media.files.js';
import { stimuli } from './stimuli/stimuli.table.js';

/** Everything the simulated WhatsApp offers. */
export const fullService: Features = {
  createGroups: () => new GroupsRegistry(),
  routeIq,
  mediaOf,
  stimuli,
  onFirstLogin: (world, device) => greetNewDevice(world, device),
  onPeerMessage: (world, { device, id, message }) => answerPeerRequest(world, device.account, message, id)
};
