/** What an MCP client may attach to a conversation (MCP, "resources"): the tools that answer it. */
export interface ResourceRow {
  readonly uri: string;
  readonly name: string;
  readonly description: string;
  readonly tool: string;
}

export const RESOURCES: readonly ResourceRow[] = [
  { uri: 'wabus://sessions', name: 'sessions', description: 'The sessions you may use, with the state of each.', tool: 'list_sessions' }
];

/** `{session}` is the id of a session. */
export const RESOURCE_TEMPLATES: readonly ResourceRow[] = [
  { uri: 'wabus://sessions/{session}', name: 'session', description: 'The state of a session.', tool: 'get_session' },
  {
    uri: 'wabus://sessions/{session}/events',
    name: 'events',
    description: 'What happened in a session in the last hour.',
    tool: 'read_events'
  }
];

/** Which tool answers for the address, with which session; `null` when none does. */
export function resourceAt(uri: string): { readonly tool: string; readonly input: { readonly session?: string } } | null {
  const row = RESOURCES.find(known => known.uri === uri);
  if (row !== undefined) return { tool: row.tool, input: {} };
  const [, session, rest = ''] = /^wabus:\/\/sessions\/([A-Za-z0-9_-]{1,64})(\/events)?$/.exec(uri) ?? [];
  if (session === undefined) return null;
  const { tool } = RESOURCE_TEMPLATES.find(known => known.uri === `wabus://sessions/{session}${rest}`)!;
  return { tool, input: { session } };
}
