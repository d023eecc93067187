const REPOSITORY = 'https://github.com/wabus/wabus';

/** The documents that the console leads to, by their places in the repository. */
export const DOCUMENTS = {
  sessions: 'docs/console.md',
  chats: 'docs/read-models.md',
  events: 'docs/events.md',
  webhooks: 'docs/webhooks.md',
  subscriptions: 'docs/subscriptions.md',
  commands: 'docs/commands.md',
  tokens: 'docs/security.md',
  connectors: 'docs/operations/ownership.md',
  health: 'docs/operations/monitoring.md',
  sdk: 'libs/sdk/README.md',
  passkeys: 'docs/passkeys.md',
  import: 'docs/migrate/import.md'
} as const;

export type DocumentName = keyof typeof DOCUMENTS;

/** Where people read a document, as it was when this version was released; the newest when the version is not known. */
export function documentAddress(name: DocumentName, version: string | undefined): string {
  return `${REPOSITORY}/blob/${version === undefined ? 'main' : `v${version}`}/${DOCUMENTS[name]}`;
}
