export const loginTexts = {
  title: 'Log in to Wabus',
  subtitle: 'WhatsApp accounts as an event bus',
  token: 'Access token',
  tokenHint: 'The page does not keep it: the browser gets a login instead.',
  show: 'Show or hide the token',
  remember: 'Keep me logged in',
  rememberHint: 'For 30 days on this device. Otherwise until you close the browser, 12 hours at most.',
  submit: 'Log in',
  where: '`npm start` prints a link that logs you in. Its token is in `.wabus/access-token`.',
  docs: 'HTTP documentation',
  refused: 'The edge does not know this token, or the token has expired.',
  codeRefused: 'This link was used before, or is older than 10 minutes. Log in with a token, or start Wabus again for a new link.',
  ended: 'Your login has ended: it expired, or the login or its token was revoked.'
};
