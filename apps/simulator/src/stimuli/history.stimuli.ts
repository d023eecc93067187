import { generateMessageIDV2, proto } from '@whiskeysockets/baileys';
import type { Device } from '../accounts/account.js';
import { milestoneOpen, sendHistory, type Milestone } from '../history/history.sender.js';
import { element } from '../stanza/stanza.js';
import type { World } from '../world/world.js';
import { provokedBy } from './stimulus.js';

const { INITIAL_BOOTSTRAP, RECENT, ON_DEMAND } = proto.HistorySync.HistorySyncType;

/** How long a device may take to reconnect after the request to restart. */
const RECONNECT_WITHIN_MS = 30_000;

/** Stimuli for history from the phone. */
export const historyStimuli = {
  'messaging-history.set': provokedBy(
    'the phone sends an old message of the contact as on-demand history',
    async ({ world, account, contact }) => {
      const id = generateMessageIDV2();
      const message = {
        key: { remoteJid: contact.jid('pn'), fromMe: false, id },
        messageTimestamp: Math.floor(Date.now() / 1000) - 86_400,
        message: { conversation: 'a message of yesterday' }
      };
      const conversation = {
        id: contact.jid('pn'),
        name: contact.name,
        pnJid: contact.jid('pn'),
        lidJid: contact.jid('lid'),
        messages: [{ message }]
      };
      await sendHistory(world, account, { history: { syncType: ON_DEMAND, conversations: [conversation] } });
      return `the history holds message ${id}`;
    }
  ),
  'messaging-history.status': provokedBy(
    'the phone completes a phase of the history; a device that has completed all phases on this connection is made to reconnect first',
    async ({ world, account }) => {
      await Promise.all(account.companions().map(device => completePhase(world, device)));
      return 'messaging-history.status says complete';
    }
  )
};

async function completePhase(world: World, device: Device): Promise<void> {
  if (device.online && !openMilestone(device)) await restart(world, device);
  const syncType = openMilestone(device) ?? RECENT;
  await sendHistory(world, device.account, { history: { syncType, progress: 100, conversations: [] }, only: device });
}

function openMilestone(device: Device): Milestone | undefined {
  return ([RECENT, INITIAL_BOOTSTRAP] as const).find(milestone => milestoneOpen(device, milestone));
}

/** Requests that the client reconnect (515), and resolves once it is back and drained. */
async function restart(world: World, device: Device): Promise<void> {
  const before = device.wire;
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      world.events.off('device-change', look);
      reject(new Error('the device did not reconnect after it was asked to restart'));
    }, RECONNECT_WITHIN_MS);
    const look = (): void => {
      if (!device.drained || device.wire === undefined || device.wire === before) return;
      clearTimeout(timer);
      world.events.off('device-change', look);
      resolve();
    };
    world.events.on('device-change', look);
    before?.close(element('stream:error', { code: 515 }));
  });
}
