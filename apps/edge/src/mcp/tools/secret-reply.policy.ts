import type { PasskeyRequest } from '@wabus/contracts';

/** The reply of a command as an assistant may see it: what is to be signed is worth something while it lives, and of no use without a browser. A person gets it at the one-time address. */
export function seenByAssistant(method: unknown, reply: unknown): unknown {
  if (method !== 'getPasskey') return reply;
  const { options: _options, ...rest } = reply as PasskeyRequest;
  return rest;
}
