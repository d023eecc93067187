/**
 * The members of a Baileys socket that are not commands, with the reason. A test fails when an upgrade of Baileys adds a member that is neither here nor in the
 * catalog.
 */
export const NOT_COMMANDS: Readonly<Record<string, string>> = {
  ...reason('is data or an object inside the process, not a method', [
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
  ...reason('controls the life of a session: use startSession, stopSession, logoutSession', ['logout', 'end']),
  ...reason("keeps the device's keys up to date", [
    'uploadPreKeys',
    'uploadPreKeysToServerIfRequired',
    'digestKeyBundle',
    'rotateSignedPreKey',
    'assertSessions'
  ]),
  ...reason('answers WhatsApp automatically', [
    'sendMessageAck',
    'sendRetryRequest',
    'issuePrivacyTokens',
    'cleanDirtyBits',
    'updateServerTimeOffset'
  ]),
  ...reason('waits for a frame of one connection inside the process: use query', [
    'generateMessageTag',
    'waitForMessage',
    'waitForSocketOpen',
    'waitForConnectionUpdate'
  ]),
  ...reason('bypasses the encoding of stanzas: use sendNode', ['sendRawMessage']),
  ...reason('registers or calls a callback inside the process', ['registerSocketEndHandler', 'onUnexpectedError']),
  ...reason('reports to WhatsApp how its own client is used, which Baileys does automatically', ['sendUnifiedSession', 'sendWAMBuffer']),
  ...reason('requires an object from inside the process: use onWhatsApp, fetchStatus and fetchDisappearingDuration', ['executeUSyncQuery']),
  ...reason('is a step in sending a message and involves the keys of the session: use sendMessage or relayMessage', [
    'createParticipantNodes',
    'getUSyncDevices'
  ]),
  ...reason("sends requests to the account's phone: use fetchMessageHistory and requestPlaceholderResend", [
    'sendPeerDataOperationMessage'
  ]),
  ...reason('would forge an event', ['upsertMessage']),
  ...reason('bypasses the checks on the synchronized state: use chatModify, labels and contacts', ['appPatch']),
  ...reason('reads the synchronized state again, which Baileys does whenever WhatsApp reports a change', ['resyncAppState']),
  ...reason('uploads a file from the connector: use sendMessage and the commands for pictures', ['waUploadToServer']),
  ...reason('returns the upload host and its token: use sendMessage', ['refreshMediaConn', 'getMediaHost'])
};

function reason(why: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map(name => [name, why]));
}
