import type { SimulatorReady } from '@wabus/testing';
import { Curve, type KeyPair } from '@whiskeysockets/baileys';
import { ConnectionGateway } from './connection/connection.gateway.js';
import { ConnectionsRegistry, type ConnectionContext } from './connection/connection.js';
import { IqDispatcher } from './connection/iq.dispatcher.js';
import { StanzaRouter } from './connection/stanza.router.js';
import { ControlServer } from './control/control.server.js';
import { createOperations } from './control/operations.table.js';
import { FaultRegistry } from './faults/fault.registry.js';
import { fullService, type Features } from './features.js';
import { SilentLog, type SimulatorLog } from './log.js';
import { Chatter, startAutoReply } from './messages/chatter.service.js';
import { MessageRouter } from './messages/message.router.js';
import { PhoneInbox } from './messages/phone-inbox.js';
import { PresenceRouter } from './messages/presence.router.js';
import { ReceiptRouter } from './messages/receipt.router.js';
import { CertificateAuthority } from './noise/certificate-authority.js';
import { PairingService } from './pairing/pairing.service.js';
import { ReachGate } from './reach/reach-gate.js';
import { World, type WorldOptions } from './world/world.js';

export interface SimulatorOptions {
  /** Groups, iqs, media, stimuli, history; all features by default. */
  features?: Features;
  /** Port of the simulated WhatsApp; a free one by default. */
  port?: number;
  /** Port of the control API; a free one by default. */
  controlPort?: number;
  /** The root of the certificate chain; a fresh one by default. */
  rootKey?: KeyPair;
  settings?: WorldOptions;
  log?: SimulatorLog;
  /** Fills the world before the first connection, for instance from a state file. */
  prepare?: (world: World) => Promise<void>;
}

/** A running simulator: the simulated WhatsApp and its control API, both on loopback. */
export class Simulator {
  private constructor(
    readonly world: World,
    /** The addresses to connect to, and the certificate root to trust. */
    readonly ready: SimulatorReady,
    /** The key pair behind the certificate chain. */
    readonly rootKey: KeyPair,
    private readonly stopParts: () => Promise<void>
  ) {}

  /** Starts a simulator and resolves once both ports listen; rejects if one is taken. */
  static async start(options: SimulatorOptions): Promise<Simulator> {
    const { features = fullService, log = new SilentLog(), rootKey = Curve.generateKeyPair() } = options;
    const world = new World({ groups: features.createGroups(), settings: options.settings });
    await options.prepare?.(world);

    const authority = new CertificateAuthority(rootKey);
    const staticKey = Curve.generateKeyPair();
    const server = { staticKey, certificateChain: authority.chainFor(staticKey.public) };
    const faults = new FaultRegistry();
    const pairing = new PairingService(world, log);
    const connections = new ConnectionsRegistry();
    const failed = (err: unknown) => log.warn({ err }, 'a phone failed to send');
    const handlers = {
      iqs: new IqDispatcher({ world, faults, pairing, routeIq: features.routeIq, log }),
      messages: new MessageRouter(world, new PhoneInbox(world, log), new ReachGate(world)),
      receipts: new ReceiptRouter(world, log),
      presence: new PresenceRouter(world)
    };
    const router = new StanzaRouter(world, handlers, log);
    const route: ConnectionContext['route'] = (connection, stanza) => router.route(connection, stanza);
    const context: ConnectionContext = { world, connections, server, faults, pairing, route, log };
    const gateway = new ConnectionGateway(context, features.mediaOf(world));
    const chatter = new Chatter(world, failed);
    const autoReply = startAutoReply(world, failed);
    const control = new ControlServer(createOperations({ world, connections, pairing, faults, chatter, stimuli: features.stimuli }));
    world.events.on('first-login', ({ device }) => {
      features.onFirstLogin(world, device).catch((err: unknown) => log.warn({ err }, 'failed to complete the first login'));
    });
    world.events.on('peer-message', peer => {
      features.onPeerMessage(world, peer).catch((err: unknown) => log.warn({ err }, 'failed to answer a peer message'));
    });

    world.hostAndPort = `127.0.0.1:${await gateway.listen(options.port ?? 0)}`;
    const controlPort = await control.listen(options.controlPort ?? 0);
    const ready: SimulatorReady = {
      url: `ws://${world.hostAndPort}/ws/chat`,
      controlUrl: `http://127.0.0.1:${controlPort}`,
      rootPublicKey: authority.rootPublicKey.toString('base64')
    };
    return new Simulator(world, ready, rootKey, async () => {
      chatter.stop();
      autoReply.off();
      await Promise.all([gateway.close(), control.close()]);
    });
  }

  /** Terminates every connection and frees both ports. */
  stop(): Promise<void> {
    return this.stopParts();
  }
}
