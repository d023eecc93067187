import type { Faults } from '@wabus/testing';
import type { WebSocket } from 'ws';
import type { Device } from '../accounts/account.js';
import type { FaultRegistry } from '../faults/fault.registry.js';
import type { SimulatorLog } from '../log.js';
import type { FinishedHandshake, ServerIdentity } from '../noise/noise-handshake.js';
import { aggregateReceipts } from '../messages/receipt-aggregation.policy.js';
import { resendLimitOf } from '../messages/resend.limiter.js';
import type { PairingService } from '../pairing/pairing.service.js';
import { clientPayloadsOf } from './client-payload.ledger.js';
import { SERVER_JID, element, secondsNow, type Stanza } from '../stanza/stanza.js';
import { isOlder } from '../version/version.policy.js';
import type { World } from '../world/world.js';
import { loginRefusal } from './login-refusal.table.js';
import { Wire, type WireListener } from './wire.js';

/** The shared parts that every connection needs. */
export interface ConnectionContext {
  world: World;
  connections: ConnectionsRegistry;
  server: ServerIdentity;
  faults: FaultRegistry;
  pairing: PairingService;
  /** Handles one stanza of a client. Never rejects. */
  route: (connection: Connection, stanza: Stanza) => Promise<void>;
  log: SimulatorLog;
}

/** How long an active client may take to request its backlog. */
const ASKING_MS = 1_000;

/** One client connection from the first byte to the last: of a companion that pairs, or of a linked device that logs in. */
export class Connection implements WireListener {
  /** Identifies the connection in the control API. */
  readonly id: string;
  readonly openedAt = Date.now();
  readonly wire: Wire;
  /** The device that logged in here; `undefined` while pairing. */
  device: Device | undefined;
  /** The client's data from the handshake. */
  client: FinishedHandshake | undefined;
  isClosed = false;
  /** How much of the backlog has been written and requested; `undefined` until the client requests it. */
  private backlog: { written: number; granted: number } | undefined;
  private postTimer: NodeJS.Timeout | undefined;
  /** The status post whose ack is due. */
  private post: { readonly id: string | undefined; readonly at: number } | undefined;

  constructor(
    socket: WebSocket,
    private readonly context: ConnectionContext
  ) {
    this.id = `c${++context.world.counters.connections}`;
    this.wire = new Wire(socket, context.server, this);
    context.connections.add(this);
  }

  /** The number of the account that is logged in here; `null` while pairing. */
  get phoneNumber(): string | null {
    return this.device?.account.phoneNumber ?? null;
  }

  faults(): Faults {
    return this.context.faults.of(this.device?.account);
  }

  opened(client: FinishedHandshake): void {
    this.client = client;
    // Applies to logins and links alike, also of devices that are linked already (Baileys 2370, whatsmeow 1164).
    const oddities = clientPayloadsOf(this.context.world).note(client.payload);
    if (oddities.length > 0) this.context.log.info({ oddities }, 'client does not look like an official one');
    if (isOlder(client.payload, this.context.world.settings.versions.oldestVersion)) return this.refuse(405);
    if (client.payload.devicePairingData) this.context.pairing.open(this);
    else this.login(client);
  }

  async stanza(stanza: Stanza): Promise<void> {
    const { acknowledgements, events } = this.context.world;
    events.emit('stanza-in', { device: this.device, stanza });
    if (stanza.tag === 'ack') {
      acknowledgements.acknowledged(this, stanza);
      events.emit('acknowledged');
    }
    await this.context.route(this, stanza);
    this.timePost();
    // The stanza may have confirmed the one that held back the rest.
    this.writeOn();
  }

  sent(stanza: Stanza): void {
    if (stanza.tag === 'status') this.awaitAck(stanza);
    this.context.world.acknowledgements.sent(this, stanza);
    this.context.world.events.emit('stanza-out', { device: this.device, stanza });
  }

  closed(err?: unknown): void {
    this.isClosed = true;
    clearTimeout(this.postTimer);
    this.context.connections.remove(this);
    if (err !== undefined) this.context.log.warn({ err }, 'disconnecting a client that sent invalid data');
    this.context.pairing.leave(this);
    const device = this.device;
    if (device?.wire !== this.wire) return;
    device.wire = undefined;
    device.drained = false;
    this.context.world.events.emit('device-change', { device });
  }

  /**
   * Starts delivery to a client that has become active. A client that requests
   * its backlog in batches gets batches; one that does not gets everything:
   * whatsmeow never sends `<offline_batch>` (connectionevents.go). How the service distinguishes them is not known.
   */
  activated(): void {
    if (!this.context.world.settings.queue.batches) return this.drainBacklog(Infinity);
    setTimeout(() => {
      if (!this.backlog) this.drainBacklog(Infinity);
    }, ASKING_MS).unref();
  }

  /** Sends the stanzas that the device has missed, marked as offline, and admits live traffic from then on. */
  drainBacklog(count: number): void {
    const device = this.device;
    if (!device || device.wire !== this.wire || device.drained) return;
    this.backlog ??= { written: 0, granted: 0 };
    this.backlog.granted += this.context.world.settings.queue.batches ? count : Infinity;
    this.writeOn();
  }

  /** Writes everything that is not held back: from the backlog, and behind a status post that is now acknowledged. */
  private writeOn(): void {
    const { device, backlog } = this;
    if (!device || device.wire !== this.wire || (!device.drained && !backlog)) return;
    for (const stanza of device.outbox.takeWritable(device.drained ? Infinity : backlog!.granted - backlog!.written)) {
      if (device.drained) this.wire.send(stanza);
      else this.wire.send({ ...stanza, attrs: { ...stanza.attrs, offline: '1' } });
      if (backlog) backlog.written++;
    }
    if (!device.drained && backlog && device.outbox.isWritten) this.finishBacklog(device, backlog.written);
  }

  /** A status post that is not acknowledged in time ends the stream, and also that of the next connection: whatsapp-rust PR 1101. */
  private awaitAck({ attrs: { id, type } }: Stanza): void {
    clearTimeout(this.postTimer);
    this.post = { id, at: performance.now() };
    this.postTimer = setTimeout(() => {
      if (this.device?.outbox.blockedBy?.attrs['id'] !== id) return;
      this.wire.close(element('stream:error', {}, [element('ack', { class: 'status', id, type })]));
    }, this.context.world.settings.queue.statusAckMs).unref();
  }

  private timePost(): void {
    if (!this.post || this.device?.outbox.blockedBy?.attrs['id'] === this.post.id) return;
    const { counters } = this.context.world;
    counters.slowestPostAckMs = Math.max(counters.slowestPostAckMs, Math.round(performance.now() - this.post.at));
    this.post = undefined;
  }

  private login(client: FinishedHandshake): void {
    const { world } = this.context;
    const account = world.accounts.find(String(client.payload.username));
    const device = account?.devices.get(client.payload.device ?? -1);
    const refusal = this.context.faults.of(account).refuseLoginWith;
    if (refusal !== undefined) return this.refuse(refusal, device);
    if (!device?.noiseKey.equals(client.clientStatic)) return this.refuse(401);
    if (resendLimitOf(world).isLocked(account)) return this.refuse(403, device);
    device.refusedFor = null;
    this.replace(device);
    device.wire = this.wire;
    device.drained = false;
    for (const { replaced, by } of aggregateReceipts(device.outbox.pending())) device.outbox.replace(replaced, by);
    device.outbox.rewind();
    device.logins++;
    this.device = device;
    world.counters.logins++;
    world.events.emit('changed');
    this.context.log.info({ device: device.id, logins: device.logins }, 'device logged in');
    this.wire.send(
      element('success', {
        t: secondsNow(),
        lid: device.jid('lid'),
        display_name: device.account.name,
        location: 'sim',
        props: 1,
        abprops: 1
      })
    );
    const backlog = device.outbox.pending();
    if (backlog.length === 0) this.finishBacklog(device, 0);
    else this.wire.send(element('ib', { from: SERVER_JID }, [preview(backlog)]));
    world.events.emit('device-change', { device });
  }

  /**
   * Sends the further stanzas that the service sends to an online client after the backlog;
   * only the ping requires a response (whatsapp-rust c5f19ea7, PR 1314; zapo 1f0de19).
   */
  private greet(): void {
    const { world } = this.context;
    this.routeAndDirty();
    for (const kind of ['thread_metadata', 'priority_offline_complete', 'recovery_nonce', 'tos'])
      this.wire.send(element('ib', { from: SERVER_JID }, [element(kind)]));
    world.counters.pings++;
    // The real ping may lack its type.
    this.wire.send(element('iq', { id: world.nextId(), from: SERVER_JID, xmlns: 'urn:xmpp:ping' }));
  }

  /**
   * Sends the routing for the next connection, and the parts of the account that the device has to fetch again until it confirms that it has
   * (whatsmeow `handleIB`, zapo). Both come with the first login; groups also after a change that the device has missed, which is a guess.
   */
  private routeAndDirty(): void {
    const { device } = this;
    const routing = element('routing_info', {}, Buffer.from('08020805', 'hex'));
    this.wire.send(element('ib', { from: SERVER_JID }, [element('edge_routing', {}, [routing])]));
    for (const type of device?.dirty ?? [])
      this.wire.send(element('ib', { from: SERVER_JID }, [element('dirty', { type, timestamp: secondsNow() })]));
  }

  private finishBacklog(device: Device, count: number): void {
    device.drained = true;
    this.wire.send(element('ib', { from: SERVER_JID }, [element('offline', { count })]));
    this.greet();
    this.context.world.events.emit('device-change', { device });
  }

  private refuse(refusal: NonNullable<Faults['refuseLoginWith']>, device?: Device): void {
    const reason = typeof refusal === 'number' ? refusal : refusal.reason;
    this.wire.close(element('failure', loginRefusal(refusal, device?.refusedFor === reason)));
    if (device) device.refusedFor = reason;
  }

  /** If the same device is connected already, the newer login wins. */
  private replace(device: Device): void {
    if (!device.wire) return;
    this.context.world.counters.conflicts++;
    device.wire.close(element('stream:error', {}, [element('conflict', { type: 'replaced' })]));
  }
}

function preview(backlog: Stanza[]): Stanza {
  const of = (tag: string) => backlog.filter(stanza => stanza.tag === tag).length;
  return element('offline_preview', {
    count: backlog.length,
    message: of('message'),
    status: of('status'),
    call: of('call'),
    appdata: 0,
    notification: of('notification'),
    receipt: of('receipt')
  });
}

/** The open connections in the order in which they were opened. */
export class ConnectionsRegistry {
  private readonly byId = new Map<string, Connection>();

  add(connection: Connection): void {
    this.byId.set(connection.id, connection);
  }

  remove(connection: Connection): void {
    this.byId.delete(connection.id);
  }

  find(id: string): Connection | undefined {
    return this.byId.get(id);
  }

  all(): Connection[] {
    return [...this.byId.values()];
  }
}
