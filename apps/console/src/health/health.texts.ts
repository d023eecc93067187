export const healthTexts = {
  about: 'The edge at {{host}}, as it sees itself.',
  live: 'Live events',
  checks: { process: 'Process', broker: 'Broker', 'read-models': 'Read models' },
  sessions_one: '{{count}} session',
  sessions_other: '{{count}} sessions',
  checked: 'Checked {{at}}; again every three seconds.'
};
