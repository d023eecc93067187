import { useMutation, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import type { AttemptView, CreatedWebhook, DeadLetterView, DeliveryView, PrincipalView, TestDelivery, WebhookView } from '@wabus/contracts';
import { path, type EdgeClient, type Method } from '../edge/edge.client.js';
import { useEdge, useSignedIn } from '../login/signed-in.context.js';
import { notifyError } from '../notices/notify.js';

const REFRESH_MS = 3_000;

/** The body of a request that creates or changes a webhook. */
export interface WebhookWish {
  readonly url: string;
  readonly events: string[];
  /** `null` for all sessions. Not permitted for a webhook of one session. */
  readonly sessions?: string[] | null;
  /** `null` for events about all chats and about no chat. */
  readonly chats?: string[] | null;
  readonly description?: string;
  readonly bulk?: { maxEvents: number; maxWaitMs: number } | null;
  /** An ISO time at which a new webhook starts, or to which an existing one is set back. */
  readonly since?: string;
  readonly order?: WebhookView['order'];
  readonly timeoutMs?: number | null;
  readonly secret?: string;
  readonly headers?: Record<string, string>;
  readonly format?: WebhookView['format'];
  /** Only for the format `cloud-api`, like the next two. */
  readonly appSecret?: string;
  readonly verifyToken?: string;
  readonly extras?: WebhookView['extras'];
  /** Only for the formats of other gateways. */
  readonly formatOptions?: { events?: string[]; hmacKey?: string; byEvents?: boolean };
}

/** Returns the path of the webhooks of a session, or of the whole installation. */
export function webhooksPath(session: string | null): string {
  return session === null ? '/api/webhooks' : path`/api/sessions/${session}/webhooks`;
}

/** Returns the webhooks that the token permits: all of them, or those of its sessions. */
export function useWebhooks(): UseQueryResult<WebhookView[]> {
  const { principal } = useSignedIn();
  const edge = useEdge();
  return useQuery({
    queryKey: ['webhooks'],
    queryFn: () => listWebhooks(edge, principal),
    refetchInterval: REFRESH_MS
  });
}

/** Returns the webhooks that the principal may see, oldest first. */
export async function listWebhooks(edge: EdgeClient, { sessions }: PrincipalView): Promise<WebhookView[]> {
  const owners = sessions === '*' ? [null] : sessions;
  const answers = await Promise.all(owners.map(session => edge.get<{ webhooks: WebhookView[] }>(webhooksPath(session))));
  return answers.flatMap(({ webhooks }) => webhooks).sort((one, other) => one.createdAt.localeCompare(other.createdAt));
}

export function useAttempts(webhook: WebhookView, base: string): UseQueryResult<AttemptView[]> {
  const edge = useEdge();
  return useQuery({
    queryKey: ['webhooks', webhook.id, 'deliveries'],
    queryFn: async () => (await edge.get<{ deliveries: AttemptView[] }>(`${base}/${webhook.id}/deliveries`)).deliveries,
    refetchInterval: REFRESH_MS
  });
}

/** Returns one delivery with its body. */
export function useDelivery(webhook: WebhookView, base: string, delivery: string): UseQueryResult<DeliveryView> {
  const edge = useEdge();
  return useQuery({
    queryKey: ['webhooks', webhook.id, 'deliveries', delivery],
    queryFn: () => edge.get<DeliveryView>(`${base}/${webhook.id}/deliveries/${delivery}`)
  });
}

export function useDeadLetters(webhook: WebhookView, base: string): UseQueryResult<DeadLetterView[]> {
  const edge = useEdge();
  return useQuery({
    queryKey: ['webhooks', webhook.id, 'dead-letters'],
    queryFn: async () => (await edge.get<{ deadLetters: DeadLetterView[] }>(`${base}/${webhook.id}/dead-letters`)).deadLetters,
    refetchInterval: REFRESH_MS
  });
}

interface Ask {
  readonly method: Method;
  /** The path below the webhook, such as `/pause`. */
  readonly below?: string;
  readonly body?: unknown;
}

/** Runs any action for one webhook and then reloads every list. */
export function useWebhookAction<Reply = WebhookView>(base: string, id: string): UseMutationResult<Reply, unknown, Ask> {
  const edge = useEdge();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ method, below = '', body }: Ask) => edge.json<Reply>(method, `${base}/${id}${below}`, body),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['webhooks'] }),
    onError: notifyError
  });
}

/** Sends a test delivery. Its outcome is the data of the mutation, even if the delivery failed. */
export function useTestDelivery(base: string, id: string): UseMutationResult<TestDelivery, unknown, Ask> {
  return useWebhookAction<TestDelivery>(base, id);
}

export function useCreateWebhook(base: string): UseMutationResult<CreatedWebhook, unknown, WebhookWish> {
  const edge = useEdge();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: WebhookWish) => edge.json<CreatedWebhook>('POST', base, wish),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['webhooks'] })
  });
}

export function useChangeWebhook(base: string, id: string): UseMutationResult<WebhookView, unknown, Partial<WebhookWish>> {
  const edge = useEdge();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: Partial<WebhookWish>) => edge.json<WebhookView>('PATCH', `${base}/${id}`, wish),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['webhooks'] })
  });
}
