import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { callEdge } from './edge.client.js';

/** Returns the sessions that the token permits, as options of a list. */
export async function sessionOptions(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  const { body } = await callEdge<{ sessions: Array<{ session: string; status: { state: string } }> }>(this, { path: '/api/sessions' });
  return body.sessions
    .map(({ session, status }) => ({ name: `${session} (${status.state})`, value: session }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
