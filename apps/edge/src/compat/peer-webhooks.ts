import { Injectable } from '@nestjs/common';
import type { WebhookView } from '@wabus/contracts';
import { WebhookAdministration, type Caller } from '../webhooks/webhook-administration.js';
import type { PeerName } from './compat.types.js';
import { planWebhooks, type WantedWebhook } from './peer-webhooks.policy.js';

/** The webhooks that programs set through a peer's API. */
@Injectable()
export class PeerWebhooks {
  /** The latest request of each session and peer. */
  private readonly turns = new Map<string, Promise<unknown>>();

  constructor(private readonly webhooks: WebhookAdministration) {}

  async list(caller: Caller, peer: PeerName): Promise<WebhookView[]> {
    return (await this.webhooks.list(caller)).filter(({ format }) => format === peer);
  }

  /**
   * Replaces the webhooks that this peer's programs have set for the session. Existing ones keep their position and their undelivered
   * events. If one is refused, all remain unchanged. Throws the errors of creating a webhook.
   */
  set(caller: Caller, peer: PeerName, wanted: readonly WantedWebhook[]): Promise<WebhookView[]> {
    return this.inTurn(`${peer} ${caller.routeSession}`, () => this.replace(caller, peer, wanted));
  }

  private async replace(caller: Caller, peer: PeerName, webhooks: readonly WantedWebhook[]): Promise<WebhookView[]> {
    const { wanted, gone } = planWebhooks(
      this.webhooks.records(caller).filter(({ format }) => format === peer),
      webhooks
    );
    for (const { webhook } of wanted) await this.webhooks.check(caller, webhook);
    const views = new Map<number, WebhookView>();
    try {
      // New webhooks come first, because only they can still be refused, by a limit.
      for (const [i, { webhook, before }] of wanted.entries())
        if (before === null) views.set(i, await this.webhooks.create(caller, webhook));
    } catch (thrown) {
      for (const { id } of views.values()) await this.webhooks.delete(caller, id);
      throw thrown;
    }
    for (const [i, { webhook, before }] of wanted.entries()) {
      if (before === null) continue;
      // The caller becomes responsible for the webhook, and requests its events.
      const change = { headers: {}, ...webhook, paused: false, takeOver: true };
      views.set(i, await this.webhooks.update(caller, before.id, change));
    }
    for (const { id } of gone) await this.webhooks.delete(caller, id);
    return wanted.map((_, i) => views.get(i)!);
  }

  private inTurn<T>(turn: string, serve: () => Promise<T>): Promise<T> {
    const served = (this.turns.get(turn) ?? Promise.resolve()).then(serve);
    const ended = served.catch(() => undefined).then(() => void (this.turns.get(turn) === ended && this.turns.delete(turn)));
    this.turns.set(turn, ended);
    return served;
  }
}
