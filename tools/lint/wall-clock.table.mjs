// @ts-check

/**
 * The files of the processes that may read the wall clock, and why. Setting the clock changes the times that they report, but nothing waits for
 * these times. Code that waits, renews or limits something uses `performance.now()`; stored times for such decisions use `steadyNow`.
 * @type {Record<string, string>}
 */
export const WALL_CLOCK = {
  'apps/connector/src/client-version/client-versions.ts': 'dates that WhatsApp announces, and the last look-up, hours apart',
  'apps/connector/src/session/session-run.ts': 'times that are shown, and ends of refusals that WhatsApp dates',
  'apps/connector/src/session/status-report.ts': 'times that are shown, and ends of refusals that WhatsApp dates',
  'apps/connector/src/whatsapp/app-state/collection-recovery.ts': 'the time in a request to the phone',
  'apps/connector/src/whatsapp/connecting/disconnect-reason.mapper.ts': 'ends of refusals that WhatsApp dates',
  'apps/connector/src/whatsapp/history/history-processor.ts': 'times of messages that cannot be true',
  'apps/connector/src/whatsapp/history/history-receiver.ts': 'an order that never goes back',
  'apps/connector/src/whatsapp/reach/reach-limits.watch.ts': 'ends of restrictions that WhatsApp dates',
  'apps/connector/src/whatsapp/reach/token-window.policy.ts': 'windows of days that WhatsApp dates',
  'apps/connector/src/whatsapp/receiving/bot-answer.reader.ts': 'the time of a message that has none',
  'apps/connector/src/whatsapp/receiving/kept-message.reader.ts': 'the time of a message that has none',
  'apps/connector/src/whatsapp/resending/waiting-request.store.ts': 'a time for people',
  'apps/connector/src/whatsapp/secrets/part-opener.ts': 'ages of days of messages that WhatsApp dates',
  'apps/connector/src/whatsapp/secrets/part-sealer.ts': 'the time in what is sent',
  'apps/connector/src/whatsapp/sending/send-progress.tracker.ts': 'times in events',
  'apps/connector/src/whatsapp/signal/careful-sessions.ts': 'what libsignal stores',
  'apps/connector/src/whatsapp/signal/signed-pre-key-rotation.ts': 'days between rotations, over restarts',
  'apps/edge/src/auth/authenticator.ts': 'expiry of tokens',
  'apps/edge/src/auth/creators.ts': 'expiry of tokens',
  'apps/edge/src/auth/jwt/jwt.verifier.ts': 'expiry of tokens',
  'apps/edge/src/auth/last-use/last-uses.ts': 'times that are shown',
  'apps/edge/src/auth/logins/login.store.ts': 'expiry of logins',
  'apps/edge/src/auth/principal-revocations.ts': 'expiry of tokens, looked at again every 30 s',
  'apps/edge/src/auth/tokens/token-file.ts': 'expiry of tokens',
  'apps/edge/src/auth/tokens/token-record.store.ts': 'expiry of tokens',
  'apps/edge/src/compat/peer-formats.ts': 'the time in what is sent',
  'apps/edge/src/connection-api/connection-api.ts': 'how long a code is good for, with other clocks in mind',
  'apps/edge/src/events-in/log.metrics.ts': 'ages in metrics',
  'apps/edge/src/read-models/projecting/projector-run.ts': 'whether a time has come by either clock',
  'apps/edge/src/webhooks/delivery/delivery.sender.ts': 'signatures, and dates of receivers up to a limit',
  'apps/edge/src/webhooks/dispatching/webhook-meters.ts': 'ages in metrics',
  'libs/broker/src/event-log/event-log.ts': 'whether a time has come by either clock',
  'libs/broker/src/transport/command.proxy.ts': 'deadlines, until an owner says what time it is there',
  'libs/broker/src/transport/command.server.ts': 'deadlines; a refusal says what time it is here',
  'libs/contracts/src/clock/steady-clock.ts': 'the definition'
};
