/** Rooms that are not translated yet: their texts are shown in English. A translation outside of this list must be complete. */
export const PENDING_ROOMS = [
  'app',
  'commands',
  'connectors',
  'events',
  'firstSteps',
  'health',
  'json',
  'sessions',
  'subscriptions',
  'tokens',
  'webhooks'
] as const;
