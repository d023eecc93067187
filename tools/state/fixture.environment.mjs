// @ts-check

/**
 * The environment of an installation whose data folder is kept as a fixture: nothing in it may expire, however old it becomes, and it must fit
 * on a small disk.
 * @type {Record<string, string>}
 */
export const FIXTURE_ENVIRONMENT = {
  WABUS_EVENTS_MAX_AGE_HOURS: String(24 * 365 * 30),
  WABUS_EVENTS_MAX_BYTES: String(64 * 2 ** 20),
  WABUS_EVENT_PARTS_MAX_BYTES: String(16 * 2 ** 20),
  WABUS_MEDIA_TTL_HOURS: String(24 * 365 * 30),
  WABUS_MEDIA_MAX_BYTES: String(16 * 2 ** 20),
  WABUS_MODELS_MESSAGE_DAYS: '3650',
  WABUS_SENT_MESSAGE_TTL_MS: '900000000000',
  WABUS_IDEMPOTENCY_TTL_MS: '900000000000',
  // The receivers of its webhooks run on this machine.
  WABUS_EGRESS_ALLOW: '127.0.0.1'
};
