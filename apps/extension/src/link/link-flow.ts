import type { PasskeyView } from '@wabus/contracts';
import { Refusal, type ExchangeClient } from '../gateway/exchange.client.js';
import { pause } from '../gateway/pause.js';
import { signInWhatsAppTab } from '../whatsapp/whatsapp-tab.js';
import { ASKING, CONNECTING, screenOfPromptFault, screenOfRefusal, screenOfView, type Screen } from './screen.policy.js';

/** The gateway allows ten requests at once and then one every six seconds. */
const FIRST_POLLS = 3;
const FIRST_POLL_MS = 2_000;
const POLL_MS = 6_500;

type Act = (signal: AbortSignal) => Promise<PasskeyView>;

/** One link, from its address to its end. Each action of the user aborts the previous one. */
export class LinkFlow {
  private turn = new AbortController();

  constructor(
    private readonly exchange: ExchangeClient,
    private readonly show: (screen: Screen, session?: string) => void
  ) {}

  /** Requests the stage of the link, and prompts for the passkey if WhatsApp is waiting for it. */
  ask(): Promise<void> {
    this.show(CONNECTING);
    return this.take(signal => this.exchange.view(signal));
  }

  confirm(equal: boolean): Promise<void> {
    return this.take(signal => this.exchange.confirm(equal, signal));
  }

  cancel(): Promise<void> {
    return this.take(signal => this.exchange.cancel(signal));
  }

  /** Aborts the current action; the flow shows no further screens. */
  leave(): void {
    this.turn.abort();
  }

  private async take(act: Act): Promise<void> {
    this.turn.abort();
    const { signal } = (this.turn = new AbortController());
    try {
      let view = await act(signal);
      for (let polls = 0; ; polls++) {
        this.show(screenOfView(view, timeOf), view.session);
        if (view.stage === null || view.stage === 'failed') return;
        if (view.stage === 'assertion') {
          const next = await this.assert(view, signal);
          if (next === null) return;
          view = next;
        } else {
          await pause(polls < FIRST_POLLS ? FIRST_POLL_MS : POLL_MS, signal);
          view = await this.exchange.view(signal);
        }
      }
    } catch (thrown) {
      if (signal.aborted) return;
      if (!(thrown instanceof Refusal)) throw thrown;
      this.show(screenOfRefusal(thrown));
    }
  }

  /** Returns the view after the assertion; `null` if the user has to decide what to do next. */
  private async assert({ options, session }: PasskeyView, signal: AbortSignal): Promise<PasskeyView | null> {
    if (options === null) return this.exchange.view(signal);
    this.show(ASKING, session);
    const outcome = await signInWhatsAppTab(options);
    signal.throwIfAborted();
    if ('error' in outcome) {
      this.show(screenOfPromptFault(outcome.error, outcome.message), session);
      return null;
    }
    this.show({ state: 'busy', title: 'Sending', text: 'The signature is on its way to WhatsApp.', actions: [] }, session);
    try {
      return await this.exchange.submit(outcome.assertion, signal);
    } catch (thrown) {
      // If WhatsApp refused the assertion or did not respond in time, the stage in the next view reports it.
      if (thrown instanceof Refusal && ['REFUSED_BY_WHATSAPP', 'TIMEOUT'].includes(thrown.code)) return this.exchange.view(signal);
      throw thrown;
    }
  }
}

function timeOf(iso: string): string {
  return new Date(iso).toLocaleTimeString();
}
