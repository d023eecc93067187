import { useMutation, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import type { AttemptView, TestDelivery, WebhookView } from '@wabus/contracts';
import { useEdge, useSignedIn } from '../login/signed-in.context.js';
import { listWebhooks, webhooksPath } from './webhooks.query.js';

/** A delivery of one event to one webhook. */
export interface KnownDelivery {
  readonly webhook: WebhookView;
  readonly deliveryId: string;
}

/** Returns the deliveries of an event that appear in the latest attempts of the webhooks, one per webhook. Requested only if `enabled`. */
export function useDeliveriesOfEvent({ cursor }: { readonly cursor: string }, enabled: boolean): UseQueryResult<KnownDelivery[]> {
  const edge = useEdge();
  const { principal } = useSignedIn();
  return useQuery({
    queryKey: ['webhooks', 'of-event', cursor],
    enabled,
    queryFn: async () => {
      const webhooks = await listWebhooks(edge, principal);
      const found = await Promise.all(
        webhooks.map(async webhook => {
          const address = `${webhooksPath(webhook.session)}/${webhook.id}/deliveries`;
          const { deliveries } = await edge.get<{ deliveries: AttemptView[] }>(address);
          const attempt = deliveries.find(({ cursors = [] }) => cursors.length === 1 && cursors[0] === cursor);
          return attempt === undefined ? [] : [{ webhook, deliveryId: attempt.deliveryId }];
        })
      );
      return found.flat();
    }
  });
}

/** Sends a delivery again with the same id. */
export function useRetryDelivery(): UseMutationResult<TestDelivery, unknown, KnownDelivery> {
  const edge = useEdge();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ webhook, deliveryId }: KnownDelivery) =>
      edge.json<TestDelivery>('POST', `${webhooksPath(webhook.session)}/${webhook.id}/deliveries/${deliveryId}/retry`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['webhooks'] })
  });
}
