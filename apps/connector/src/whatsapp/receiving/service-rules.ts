import type { WhatsAppNotification } from '@wabus/contracts';
import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import type { PatchGuard } from '../app-state/patch-guard.js';
import { requestBacklog } from '../connecting/backlog-requests.js';
import { answerPings } from '../connecting/server-pings.js';
import { listHostedLast } from '../devices/hosted-devices.js';
import type { HistoryReceiver } from '../history/history-receiver.js';
import type { LidMap } from '../signal/lid-map.js';
import type { SocketCaches } from '../socket-caches.js';
import type { Acknowledger } from './acknowledger.js';
import { splitReceipts } from './aggregated-receipts.js';
import { emitCorrectionsApart, reportCorrections } from './channel-corrections.js';
import { followContacts } from './contact-notifications.js';
import { withholdIncapable } from './incapable-receipts.js';
import { listenToNotifications } from './notification.listener.js';
import { leaveViewOnce } from './view-once-placeholders.js';

export interface ServiceRulesParts {
  readonly socket: WASocket;
  readonly acknowledger: Acknowledger;
  readonly history: HistoryReceiver;
  readonly patches: PatchGuard;
  /** Returns the LID map, which exists once the socket has created its Signal repository. */
  readonly lidMap: () => LidMap | null;
  readonly caches: SocketCaches;
  readonly logger: Logger;
}

/** Adds the behavior that WhatsApp expects from its clients and Baileys lacks. */
export function followServiceRules(
  { socket, acknowledger, history, patches, lidMap, caches, logger }: ServiceRulesParts,
  notify: (notification: WhatsAppNotification) => void
): void {
  const own = (): string | undefined => socket.authState.creds.me?.id;
  const { ws: stanzas, ev, sendNode } = socket;
  acknowledger.attach(stanzas, sendNode);
  patches.attach(stanzas);
  history.attach(stanzas, sendNode);
  requestBacklog(stanzas, sendNode);
  answerPings(stanzas, sendNode);
  listHostedLast(stanzas);
  followContacts({ stanzas, ev, map: lidMap, devices: caches.userDevicesCache, logger });
  reportCorrections(stanzas);
  emitCorrectionsApart(ev);
  const acknowledge = (stanza: BinaryNode): void => acknowledger.acknowledge(stanza);
  splitReceipts({ stanzas, ev, acknowledge });
  listenToNotifications({ stanzas, ev, acknowledge, own, notify });
  leaveViewOnce(stanzas, caches.placeholderResendCache);
  withholdIncapable(stanzas, receipt => acknowledger.acknowledge(receipt));
}
