export const connectorTexts = {
  about: 'Each session is run by exactly one connector. A connector that owns no session is not listed.',
  none: 'No connector owns a session',
  noneHint: 'Start a session: a connector takes it within seconds.',
  unowned: 'Without a connector',
  count_one: '{{count}} session',
  count_other: '{{count}} sessions',
  session: 'Session',
  state: 'State',
  epoch: 'Epoch',
  since: 'Status of'
};
