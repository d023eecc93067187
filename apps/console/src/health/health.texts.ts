export const healthTexts = {
  about: 'The health of the edge at {{host}}.',
  live: 'Live events',
  checks: { process: 'Process', broker: 'Broker', 'read-models': 'Read models' },
  sessions_one: '{{count}} session',
  sessions_other: '{{count}} sessions',
  checked: 'Checked at {{at}}, every three seconds.',
  version: 'Wabus {{version}}.',
  charts: {
    heading: 'The last 15 minutes of this edge',
    waiting: 'Charts appear after a few seconds.',
    titles: {
      rates: 'Traffic per minute',
      times: 'Average times',
      backlogs: 'Waiting events',
      memory: 'Edge memory',
      log: 'Event log size'
    },
    lines: {
      messages: 'Message events',
      commands: 'Commands run',
      deliveryTime: 'Webhook deliveries',
      commandTime: 'Commands',
      webhooks: 'For webhooks',
      models: 'For read models',
      memory: 'Memory used',
      log: 'Stored events'
    },
    summary: '{{line}}: {{last}} now, {{least}} to {{most}}.',
    past: '{{line}}: none now, {{least}} to {{most}} before.',
    none: '{{line}}: no data yet.',
    limit: '{{share}} of the {{limit}} limit.'
  }
};
