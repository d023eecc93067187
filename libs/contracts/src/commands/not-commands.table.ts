/** Members of a socket of Baileys that are no commands, and why. Whatever an upgrade adds must appear here or in the catalog: a test says so. */
export const NOT_COMMANDS: Readonly<Record<string, string>> = {
  ...reason('is data or an object of the process, not a method', [
    'logger',
    'type',
    'ws',
    'ev',
    'authState',
    'signalRepository',
    'user',
    'serverProps',
    'messageRetryManager',
    'userDevicesCache',
    'placeholderResendCache',
    'wamBuffer',
    'devicesMutex',
    'messageMutex',
    'receiptMutex',
    'appStatePatchMutex',
    'notificationMutex'
  ]),
  ...reason('belongs to the life of a session: use startSession, stopSession, logoutSession', ['logout', 'end']),
  ...reason('keeps the keys of the device up to date by itself', [
    'uploadPreKeys',
    'uploadPreKeysToServerIfRequired',
    'digestKeyBundle',
    'rotateSignedPreKey',
    'assertSessions'
  ]),
  ...reason('answers WhatsApp by itself', [
    'sendMessageAck',
    'sendRetryRequest',
    'issuePrivacyTokens',
    'cleanDirtyBits',
    'updateServerTimeOffset'
  ]),
  ...reason('is plumbing that hands bytes or callbacks around inside the process', [
    'generateMessageTag',
    'waitForMessage',
    'waitForSocketOpen',
    'waitForConnectionUpdate',
    'sendRawMessage',
    'registerSocketEndHandler',
    'onUnexpectedError',
    'sendUnifiedSession',
    'sendWAMBuffer',
    'executeUSyncQuery',
    'createParticipantNodes',
    'getUSyncDevices',
    'sendPeerDataOperationMessage'
  ]),
  ...reason('would forge an event', ['upsertMessage']),
  ...reason('writes the synchronised state past every check: use chatModify, labels and contacts', ['appPatch', 'resyncAppState']),
  ...reason('uploads a file of the connector, or tells the token for uploads: media are sent with sendMessage', [
    'waUploadToServer',
    'refreshMediaConn',
    'getMediaHost'
  ])
};

function reason(why: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map(name => [name, why]));
}
