import type { WebSocket } from 'ws';
import type { Faults } from '@wabus/testing';
import type { DeviceWire } from '../accounts/account.js';
import { OutgoingFaultPolicy } from '../faults/fault.registry.js';
import { encodeFrame, FrameReader } from '../noise/frame.codec.js';
import { NoiseHandshake, type FinishedHandshake, type ServerIdentity } from '../noise/noise-handshake.js';
import type { NoiseTransport } from '../noise/noise-transport.js';
import type { Stanza } from '../stanza/stanza.js';

/** The listener of a wire. The wire awaits each call before the next. */
export interface WireListener {
  /** The handshake is complete; called once, before any stanza. */
  opened(client: FinishedHandshake): void | Promise<void>;
  stanza(stanza: Stanza): void | Promise<void>;
  sent(stanza: Stanza): void;
  /** Nothing more will arrive; called once. `err` is set if the client's bytes were malformed. */
  closed(err?: unknown): void;
  /** Returns the faults currently in force for this connection. */
  faults(): Faults;
}

/** One WebSocket: the Noise handshake, frames, stanzas in order, and the faults that apply to outgoing stanzas. */
export class Wire implements DeviceWire {
  private readonly reader = new FrameReader();
  private readonly fate = new OutgoingFaultPolicy();
  private handshake: NoiseHandshake | undefined;
  private greeted = false;
  private transport: NoiseTransport | undefined;
  private incoming: Promise<void> = Promise.resolve();
  /** Stanzas that are delayed, in order; later ones never overtake them. */
  private readonly held: { due: number; stanza: Stanza }[] = [];

  constructor(
    private readonly socket: WebSocket,
    private readonly server: ServerIdentity,
    private readonly listener: WireListener
  ) {
    let failure: unknown;
    socket.on('message', (data: Buffer) => {
      this.incoming = this.incoming
        .then(() => this.take(data))
        .catch((err: unknown) => {
          failure = err;
          socket.terminate();
        });
    });
    socket.on('error', () => socket.terminate());
    socket.once('close', () => {
      void this.incoming.then(() => {
        this.listener.closed(failure);
      });
    });
  }

  send(stanza: Stanza): void {
    const { copies, delayMs } = this.fate.decide(stanza, this.listener.faults());
    for (let copy = 0; copy < copies; copy++) this.sendAfter(delayMs, stanza);
  }

  close(last?: Stanza): void {
    if (last) this.write(last);
    // The client closes on its own when it reads the last stanza; the server's close frame follows the stanza in the same stream.
    this.socket.close(1000);
  }

  reset(): void {
    // `terminate` alone ends the TCP stream in order; a reset is what a dying network looks like.
    const tcp = (this.socket as unknown as { _socket?: { resetAndDestroy(): void } })._socket;
    if (tcp) tcp.resetAndDestroy();
    else this.socket.terminate();
  }

  private sendAfter(delayMs: number, stanza: Stanza): void {
    if (delayMs <= 0 && this.held.length === 0) {
      this.write(stanza);
      return;
    }
    this.held.push({ due: Date.now() + delayMs, stanza });
    if (this.held.length === 1) this.releaseLater();
  }

  private releaseLater(): void {
    const first = this.held[0];
    if (!first) return;
    setTimeout(
      () => {
        this.write(first.stanza);
        this.held.shift();
        this.releaseLater();
      },
      Math.max(0, first.due - Date.now())
    ).unref();
  }

  private write(stanza: Stanza): void {
    if (!this.transport || this.socket.readyState !== this.socket.OPEN) return;
    this.listener.sent(stanza);
    this.socket.send(encodeFrame(this.transport.encrypt(stanza)));
  }

  private async take(data: Buffer): Promise<void> {
    for (const frame of this.reader.feed(data)) {
      if (this.listener.faults().silent && !this.transport) return;
      if (this.transport) {
        const stanza = await this.transport.decrypt(frame);
        if (!this.listener.faults().silent) await this.listener.stanza(stanza);
      } else await this.shakeHands(frame);
    }
  }

  private async shakeHands(frame: Buffer): Promise<void> {
    if (!this.reader.prologue) throw new Error('a frame before the prologue');
    this.handshake ??= new NoiseHandshake(this.server, this.reader.prologue);
    if (!this.greeted) {
      this.greeted = true;
      const answer = this.handshake.hello(frame);
      this.socket.send(encodeFrame(answer.frame));
      if (answer.finished) await this.begin(answer.finished);
      return;
    }
    await this.begin(this.handshake.finish(frame));
  }

  private async begin(finished: FinishedHandshake): Promise<void> {
    this.transport = finished.transport;
    await this.listener.opened(finished);
  }
}
