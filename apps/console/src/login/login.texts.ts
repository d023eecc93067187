export const loginTexts = {
  title: 'Log in to Wabus',
  subtitle: 'WhatsApp accounts as an event bus',
  token: 'Access token',
  tokenHint: 'Kept in this tab only, until you close it.',
  show: 'Show or hide the token',
  submit: 'Log in',
  checking: 'Checking the token',
  where: 'With <code>npm start</code> the first token is in <code>.wabus/access-token</code>.',
  docs: 'HTTP documentation',
  refused: 'The edge does not know this token, or the token has expired.',
  ended: 'The token is no longer valid: it was revoked or has expired. Log in with another one.'
};
