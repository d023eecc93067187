// The settings of the connector, from the environment. A missing setting ends the process with an error that names it.
export function readSettings(env = process.env) {
  const required = name => {
    if (!env[name]) throw new Error(`${name} is missing: see README.md`);
    return env[name];
  };
  const flag = (name, preset) => {
    const value = env[name] ?? preset;
    if (!['on', 'off'].includes(value)) throw new Error(`${name} must be "on" or "off"`);
    return value === 'on';
  };
  const number = name => {
    const value = Number(required(name));
    if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${name} must be a number, such as 1`);
    return value;
  };

  const secret = env.CHATWOOT_WEBHOOK_SECRET || null;
  const path = env.CHATWOOT_WEBHOOK_PATH ?? '/chatwoot';
  // Versions of Chatwoot before 4.13 do not sign the webhooks of an API inbox.
  if (secret === null && path.length < 24)
    throw new Error('Set CHATWOOT_WEBHOOK_SECRET, or a CHATWOOT_WEBHOOK_PATH of at least 24 characters that cannot be guessed');

  return {
    wabus: {
      url: env.WABUS_URL ?? 'http://localhost:3000',
      token: required('WABUS_TOKEN'),
      session: env.WABUS_SESSION ?? 'default'
    },
    chatwoot: {
      url: required('CHATWOOT_URL').replace(/\/$/, ''),
      token: required('CHATWOOT_TOKEN'),
      account: number('CHATWOOT_ACCOUNT'),
      inbox: number('CHATWOOT_INBOX')
    },
    webhook: { secret, path, port: Number(env.PORT ?? 8080) },
    journal: env.CHATWOOT_JOURNAL ?? 'chatwoot.journal',
    /** Whether the next message reopens a resolved conversation. Otherwise, it begins a new one. */
    reopen: flag('CHATWOOT_REOPEN', 'on'),
    /** Whether agents see reactions as private notes. */
    reactions: flag('CHATWOOT_REACTIONS', 'on'),
    /** Whether the answer of an agent marks the messages of the contact as read. */
    read: flag('CHATWOOT_READ', 'on'),
    /** Whether each answer begins with the name of the agent. */
    sign: flag('CHATWOOT_SIGN', 'off'),
    /** Whether QR codes and the state of the session arrive in a separate conversation. Requires a token with the scope `control`. */
    status: flag('CHATWOOT_STATUS', 'off')
  };
}
