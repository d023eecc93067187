import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';
import type {
  IHookFunctions,
  INodeExecutionData,
  INodeType,
  INodeTypeDescription,
  IWebhookFunctions,
  IWebhookResponseData
} from 'n8n-workflow';
import { callEdge, findAtEdge } from '../shared/edge.client.js';
import { INTEREST_PROPERTIES } from '../shared/interest.description.js';
import { interestOf, itemsOf, type Interest } from '../shared/interest.policy.js';
import { sessionOptions } from '../shared/sessions.options.js';
import type { Envelope } from '../shared/simplified-event.policy.js';
import { isSigned } from '../shared/standard-webhook.signature.js';

/** The data that n8n keeps between activations. */
interface Kept {
  webhookPath?: string;
  secret?: string;
  /** The position at the last deactivation, and its time in ms since 1970. */
  left?: { cursor: string; at: number };
}

/** n8n deactivates and activates a workflow whenever it is saved. Events in between must not be lost. */
const SAVED_WITHIN_MS = 60_000;

interface WebhookView {
  readonly id: string;
  readonly url: string;
  readonly state: { readonly cursor: string | null };
  readonly paused: string | null;
  readonly events: readonly string[];
  /** The sessions; `*` for all. */
  readonly sessions: readonly string[] | '*';
  readonly chats: readonly string[] | '*';
}

/** Starts a workflow with each event that a webhook delivers. The webhook exists while the workflow is active. */
export class WabusTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Wabus Trigger',
    name: 'wabusTrigger',
    icon: { light: 'file:../../icons/wabus.svg', dark: 'file:../../icons/wabus.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: '={{$parameter["events"].join(", ")}}',
    description:
      'Starts the workflow when something happens in a WhatsApp account. Wabus must reach n8n: if not, use the Wabus Polling Trigger.',
    defaults: { name: 'Wabus Trigger' },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'wabusApi', required: true }],
    webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
    properties: INTEREST_PROPERTIES
  };

  methods = { loadOptions: { getSessions: sessionOptions } };

  webhookMethods = {
    default: {
      async checkExists(this: IHookFunctions): Promise<boolean> {
        const kept: Kept = this.getWorkflowStaticData('node');
        if (kept.webhookPath === undefined || kept.secret === undefined) return false;
        const interest = interestOf((name, fallback) => this.getNodeParameter(name, fallback));
        const path = webhooksPath(interest);
        if (!kept.webhookPath.startsWith(`${path}/`)) {
          await remove(this, kept);
          return false;
        }
        const found = await findAtEdge<WebhookView>(this, { path: kept.webhookPath });
        const target = targetOf(this, interest);
        // A change keeps the position of the webhook, so no event is lost.
        if (found !== null && !isSame(found.body, target)) await callEdge(this, { method: 'PATCH', path: kept.webhookPath, body: target });
        // The webhook was paused because n8n refused events or the token was invalid. This activation shows that both are over.
        if (found !== null && ![null, 'requested'].includes(found.body.paused))
          await callEdge(this, { method: 'POST', path: `${kept.webhookPath}/resume` });
        return found !== null;
      },

      async create(this: IHookFunctions): Promise<boolean> {
        const interest = interestOf((name, fallback) => this.getNodeParameter(name, fallback));
        const path = webhooksPath(interest);
        const target = targetOf(this, interest);
        // An earlier activation left the webhook behind, and n8n has lost its secret.
        const { body: all } = await callEdge<{ webhooks: WebhookView[] }>(this, { path });
        for (const { id } of all.webhooks.filter(({ url }) => url === target.url)) await remove(this, { webhookPath: `${path}/${id}` });
        const { left }: Kept = this.getWorkflowStaticData('node');
        const since = left !== undefined && Date.now() - left.at < SAVED_WITHIN_MS ? { since: left.cursor } : {};
        const body = { ...target, ...since, description: `n8n: ${this.getWorkflow().name ?? 'workflow'}`.slice(0, 200) };
        const created = await callEdge<{ id: string; secret: string }>(this, { method: 'POST', path, body });
        Object.assign(this.getWorkflowStaticData('node'), { webhookPath: `${path}/${created.body.id}`, secret: created.body.secret });
        return true;
      },

      async delete(this: IHookFunctions): Promise<boolean> {
        const kept: Kept = this.getWorkflowStaticData('node');
        const found = kept.webhookPath === undefined ? null : await findAtEdge<WebhookView>(this, { path: kept.webhookPath });
        const cursor = found?.body.state.cursor ?? null;
        if (cursor === null) delete kept.left;
        else kept.left = { cursor, at: Date.now() };
        await remove(this, kept);
        delete kept.webhookPath;
        delete kept.secret;
        return true;
      }
    }
  };

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    const request = this.getRequestObject();
    const { secret = '' }: Kept = this.getWorkflowStaticData('node');
    if (request.rawBody === undefined) await request.readRawBody?.();
    if (!isSigned(secret, { headers: request.headers, body: request.rawBody, now: Date.now() })) {
      this.getResponseObject().status(401).send('The signature is missing, wrong or too old.').end();
      return { noWebhookResponse: true };
    }
    const body = JSON.parse(request.rawBody.toString()) as Envelope;
    const items = itemsOf(
      [body],
      interestOf((name, fallback) => this.getNodeParameter(name, fallback))
    );
    // Without items, n8n answers 200 and starts nothing. The test of a webhook is not an event.
    return body.event === 'webhook.test' || items.length === 0 ? {} : { workflowData: [items as INodeExecutionData[]] };
  }
}

/**
 * Returns the path of the webhooks. A trigger for a single session uses that session's own webhooks: a token for the session may create them, and they are
 * deleted with it.
 */
function webhooksPath({ sessions }: Interest): string {
  return sessions.length === 1 ? `/api/sessions/${encodeURIComponent(sessions[0] as string)}/webhooks` : '/api/webhooks';
}

/** The required properties of the webhook for this workflow. */
interface Target {
  readonly url: string;
  readonly events: readonly string[];
  readonly chats: readonly string[] | null;
  /** Missing for the webhooks of one session. */
  readonly sessions?: readonly string[] | null;
}

function targetOf(hook: IHookFunctions, { events, sessions, chats }: Interest): Target {
  const url = hook.getNodeWebhookUrl('default');
  if (url === undefined) throw new NodeOperationError(hook.getNode(), 'n8n has no address for this webhook.');
  return {
    url,
    events,
    chats: chats.length === 0 ? null : chats,
    ...(sessions.length === 1 ? {} : { sessions: sessions.length === 0 ? null : sessions })
  };
}

function isSame(view: WebhookView, { url, events, sessions, chats }: Target): boolean {
  const same = (given: readonly string[] | '*', wanted: readonly string[] | null): boolean =>
    given === '*' || wanted === null
      ? given === '*' && wanted === null
      : JSON.stringify([...given].sort()) === JSON.stringify([...wanted].sort());
  return (
    view.url === url && same(view.events, events) && same(view.chats, chats) && (sessions === undefined || same(view.sessions, sessions))
  );
}

async function remove(hook: IHookFunctions, { webhookPath }: Kept): Promise<void> {
  if (webhookPath !== undefined) await findAtEdge(hook, { method: 'DELETE', path: webhookPath });
}
