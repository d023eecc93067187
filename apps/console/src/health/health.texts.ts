export const healthTexts = {
  about: 'The health of the edge at {{host}}.',
  live: 'Live events',
  checks: { process: 'Process', broker: 'Broker', 'read-models': 'Read models' },
  sessions_one: '{{count}} session',
  sessions_other: '{{count}} sessions',
  checked: 'Checked {{at}}; again every three seconds.',
  version: 'Wabus {{version}}.'
};
