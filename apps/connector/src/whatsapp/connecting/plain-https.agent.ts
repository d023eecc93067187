import { Agent } from 'node:https';
import { connect, type NetConnectOpts, type Socket } from 'node:net';

/** An agent for https requests that speaks plain HTTP: Baileys always uploads media with https, and the simulator serves them on this machine without TLS. */
export class PlainHttpsAgent extends Agent {
  override createConnection(options: NetConnectOpts): Socket {
    return connect(options);
  }
}
