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
  ...reason('keeps the keys of the device up to date', [
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
  ...reason('waits for a frame of this very connection inside the process: use query', [
    'generateMessageTag',
    'waitForMessage',
    'waitForSocketOpen',
    'waitForConnectionUpdate'
  ]),
  ...reason('writes bytes past the encoding of stanzas: use sendNode', ['sendRawMessage']),
  ...reason('takes or calls a callback inside the process', ['registerSocketEndHandler', 'onUnexpectedError']),
  ...reason('tells WhatsApp how its own client is used, which Baileys does automatically', ['sendUnifiedSession', 'sendWAMBuffer']),
  ...reason('takes an object of the process: use onWhatsApp, fetchStatus and fetchDisappearingDuration', ['executeUSyncQuery']),
  ...reason('is a step of sending a message, with keys of the session in it: use sendMessage or relayMessage', [
    'createParticipantNodes',
    'getUSyncDevices'
  ]),
  ...reason('carries requests to the own phone: use fetchMessageHistory and requestPlaceholderResend', ['sendPeerDataOperationMessage']),
  ...reason('would forge an event', ['upsertMessage']),
  ...reason('writes the synchronized state past every check: use chatModify, labels and contacts', ['appPatch']),
  ...reason('reads the synchronized state again, which Baileys does whenever WhatsApp says that it changed', ['resyncAppState']),
  ...reason('uploads a file of the connector: use sendMessage and the commands for pictures', ['waUploadToServer']),
  ...reason('tells where and with which token files are uploaded: use sendMessage', ['refreshMediaConn', 'getMediaHost'])
};

function reason(why: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map(name => [name, why]));
}
