import type { SessionView } from '@wabus/sdk';

export const STEPS = ['link', 'send', 'connect', 'webhook'] as const;
export type StepName = (typeof STEPS)[number];

/** The data that determines which steps are done; `null` if the login lacks the permission to see it. */
export interface Beginnings {
  readonly sessions: readonly SessionView[];
  /** When each token was last used. */
  readonly tokenUses: readonly (string | null)[] | null;
  readonly webhooks: number | null;
}

/** Returns the steps that are done. */
export function stepsDone({ sessions, tokenUses, webhooks }: Beginnings): ReadonlySet<StepName> {
  const done: Readonly<Record<StepName, boolean>> = {
    link: sessions.some(({ status }) => status.account !== null),
    send: sessions.some(({ status }) => status.counters.messagesOut > 0),
    connect: (tokenUses ?? []).some(at => at !== null),
    webhook: (webhooks ?? 0) > 0
  };
  return new Set(STEPS.filter(step => done[step]));
}

/** Whether the steps are shown: only to a new user. */
export function isBeginning(sessions: readonly SessionView[], done: ReadonlySet<StepName>): boolean {
  return sessions.length <= 1 && done.size < STEPS.length;
}

/** What a new user sends to before they enter a number. */
const NO_ACCOUNT = '<phone number>';

/**
 * Returns commands with this edge's address and the session filled in. The token stays a placeholder. The message goes to the account itself, so that
 * a command that is pasted unchanged writes to nobody else.
 */
export function snippets(origin: string, view: SessionView | undefined): Readonly<Record<Exclude<StepName, 'link'>, string>> {
  const session = view?.session ?? 'default';
  const post = (path: string, body: object): string =>
    `curl ${origin}${path} \\\n  -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\\n  -d '${JSON.stringify(body)}'`;
  return {
    send: post(`/api/sessions/${session}/messages`, { jid: view?.status.account?.id ?? NO_ACCOUNT, content: { text: 'Hello from Wabus' } }),
    connect: [
      "import { io } from 'socket.io-client';",
      '',
      `const socket = io('${origin}/api/events', { auth: { token: process.env.TOKEN } });`,
      "socket.emit('subscribe', ['messages.upsert']);",
      "socket.on('messages.upsert', ({ messages }) => console.log(messages[0].key.remoteJid, messages[0].message));"
    ].join('\n'),
    webhook: post(`/api/sessions/${session}/webhooks`, { url: 'https://example.com/hook', events: ['messages.upsert'] })
  };
}
