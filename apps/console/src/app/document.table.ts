const REPOSITORY = 'https://github.com/wabus/wabus';

/** The documents that the console links to, with their paths in the repository. */
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

/** Returns the URL of a document in the given release, or on `main` if the version is unknown. */
export function documentAddress(name: DocumentName, version: string | undefined): string {
  return `${REPOSITORY}/blob/${version === undefined ? 'main' : `v${version}`}/${DOCUMENTS[name]}`;
}
