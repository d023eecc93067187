import type { PasskeyView } from '@wabus/contracts';
import { Refusal, type ExchangeClient } from '../gateway/exchange.client.js';
import { pause } from '../gateway/pause.js';
import { signInWhatsAppTab } from '../whatsapp/whatsapp-tab.js';
import { ASKING, CONNECTING, screenOfPromptFault, screenOfRefusal, screenOfView, type Screen } from './screen.policy.js';

/** The address permits ten requests at once and then one every six seconds. */
const FIRST_POLLS = 3;
const FIRST_POLL_MS = 2_000;
const POLL_MS = 6_500;

type Act = (signal: AbortSignal) => Promise<PasskeyView>;

/** One link, from its address to its end. Whatever the person does ends what was being done before. */
export class LinkFlow {
  private turn = new AbortController();

  constructor(
    private readonly exchange: ExchangeClient,
    private readonly show: (screen: Screen, session?: string) => void
  ) {}

  /** Asks how far the link is, and for the passkey when WhatsApp waits for it. */
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

  /** Nothing is shown any more. */
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

  /** How far the link is afterwards; `null` when the person has to decide what to do. */
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
      // What WhatsApp refused, or did not answer in time, is reported by the stage.
      if (thrown instanceof Refusal && ['REFUSED_BY_WHATSAPP', 'TIMEOUT'].includes(thrown.code)) return this.exchange.view(signal);
      throw thrown;
    }
  }
}

function timeOf(iso: string): string {
  return new Date(iso).toLocaleTimeString();
}
