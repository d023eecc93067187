import { disappearingModeNotification } from '../iq/profile-iq.handler.js';
import { mexNotification } from './mex-notification.stanza.js';
import { provokedBy } from './stimulus.builder.js';

/** The connection itself and the credentials. */
export const connectionStimuli = {
  'connection.update': provokedBy('the server says that the account is under no restriction on starting chats', ({ world, account }) => {
    world.deliverToAll(
      account,
      mexNotification('NotificationUserReachoutTimelockUpdate', { xwa2_notify_account_reachout_timelock: { is_active: false } })
    );
    return 'connection.update carries reachoutTimeLock.isActive = false';
  }),
  'creds.update': provokedBy('another device of the account confirms its default for vanishing messages', ({ world, account }) => {
    world.deliverToAll(account, disappearingModeNotification(account));
    return `creds.update carries accountSettings.defaultDisappearingMode of ${account.disappearingModeSeconds} s`;
  })
};
