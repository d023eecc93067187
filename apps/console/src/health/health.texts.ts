export const healthTexts = {
  about: 'The health of the edge at {{host}}.',
  live: 'Live events',
  checks: { process: 'Process', broker: 'Broker', 'read-models': 'Read models' },
  sessions_one: '{{count}} session',
  sessions_other: '{{count}} sessions',
  checked: 'Checked {{at}}; again every three seconds.',
  version: 'Wabus {{version}}.',
  charts: {
    heading: 'The last 15 minutes of this edge',
    waiting: 'Charts appear after some seconds, once the edge has measured.',
    titles: {
      rates: 'Traffic per minute',
      times: 'Mean times',
      backlogs: 'Waiting events',
      memory: 'Memory of the edge',
      log: 'Size of the event log'
    },
    lines: {
      messages: 'Message events',
      commands: 'Executed commands',
      deliveryTime: 'Webhook deliveries',
      commandTime: 'Time of commands',
      webhooks: 'For webhooks',
      models: 'For read models',
      memory: 'Used memory',
      log: 'Stored events'
    },
    summary: '{{line}}: {{last}} now, {{least}} to {{most}}.',
    past: '{{line}}: nothing now, {{least}} to {{most}} before.',
    none: '{{line}}: nothing measured.',
    limit: '{{share}} of the limit {{limit}}.'
  }
};
