import type { proto } from '@whiskeysockets/baileys';
import type { Device } from './accounts/account.js';
import { answerKeyRequest } from './app-state/app-state-key.js';
import type { GroupDirectory } from './accounts/group.js';
import { GroupsRegistry } from './groups/groups.registry.js';
import { greetNewDevice } from './history/history.sender.js';
import { answerPeerRequest } from './history/peer-request.responder.js';
import type { Stimulus } from './stimuli/stimulus.js';
import type { IqHandler } from './world/iq-request.js';
import { routeIq } from './iq/iq.router.js';
import { mediaFilesOf, type MediaFiles } from './media/media-files.js';
import { stimuli } from './stimuli/stimuli.table.js';
import type { World } from './world/world.js';

/** The replaceable parts of the simulated service: those that answer requests and provoke events. */
export interface Features {
  /** Called before the world exists, so it takes no arguments. */
  createGroups(): GroupDirectory;
  /** Answers every iq except `encrypt` and `md`, which belong to the connection. An unknown iq gets an empty result instead of no response. */
  routeIq: IqHandler;
  mediaOf(world: World): MediaFiles;
  /** By event name of `BaileysEventMap`. */
  stimuli: Readonly<Record<string, Stimulus>>;
  /** Called once per newly paired device, after its first login; shares the app-state key and the initial history. */
  onFirstLogin(world: World, device: Device): Promise<void>;
  /** Called with every message that a companion writes to its own phone. */
  onPeerMessage(world: World, peer: PeerMessage): Promise<void>;
}

/** A request of a companion to its own phone, for example for older messages. */
export interface PeerMessage {
  device: Device;
  id: string;
  message: proto.IMessage;
}

/** All features of the simulated WhatsApp. */
export const fullService: Features = {
  createGroups: () => new GroupsRegistry(),
  routeIq,
  mediaOf: mediaFilesOf,
  stimuli,
  onFirstLogin: (world, device) => greetNewDevice(world, device),
  onPeerMessage: async (world, { device, id, message }) => {
    const wanted = message.protocolMessage?.appStateSyncKeyRequest;
    if (wanted) await answerKeyRequest(world, device, wanted);
    await answerPeerRequest(world, device.account, message, id);
  }
};
