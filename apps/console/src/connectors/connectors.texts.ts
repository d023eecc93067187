export const connectorTexts = {
  about: 'Each session is run by exactly one connector. Edges serve clients, and this page.',
  none: 'No connector is running',
  noneHint: 'Sessions connect to WhatsApp only while a connector is running. Start one with the same NATS and the same key.',
  columns: {
    connector: 'Connector',
    edge: 'Edge',
    state: 'State',
    version: 'Version',
    sessions: 'Sessions',
    memory: 'Memory',
    cpu: 'Processor',
    startedAt: 'Running since'
  },
  states: { ready: 'Ready', draining: 'Stopping', lost: 'Lost' },
  lostHint: 'It no longer responds. Other connectors take over its sessions.',
  unknown: 'Unknown',
  memoryOf: '{{used}} of {{limit}}',
  unfold: 'Sessions of {{connector}}',
  noSessions: 'This connector runs no session at the moment.',
  versions: {
    title: 'More than one version of Wabus is running',
    text: 'This is normal during an upgrade. Otherwise, replace the older processes.',
    earlier: 'An earlier version',
    edges_one: '{{count}} edge',
    edges_other: '{{count}} edges'
  },
  edges: 'Edges',
  answering: 'serves this page',
  unowned: 'Without a connector',
  session: 'Session',
  state: 'State',
  epoch: 'Epoch',
  since: 'Status of'
};
