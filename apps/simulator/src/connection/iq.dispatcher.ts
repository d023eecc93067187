import type { FaultRegistry } from '../faults/fault.registry.js';
import type { IqAnswer, IqHandler, IqRequest } from '../world/iq-request.js';
import type { SimulatorLog } from '../log.js';
import type { PairingService } from '../pairing/pairing.service.js';
import { child, element, MalformedStanzaError, SERVER_JID, type Stanza } from '../stanza/stanza.js';
import type { World } from '../world/world.js';
import type { Connection } from './connection.js';
import { answerEncrypt } from './encrypt.responder.js';

/** Answers every iq of a client exactly once, whatever happens; without a response the client would hang for a minute. */
export class IqDispatcher {
  constructor(
    private readonly parts: { world: World; faults: FaultRegistry; pairing: PairingService; routeIq: IqHandler; log: SimulatorLog }
  ) {}

  async answer(connection: Connection, stanza: Stanza): Promise<void> {
    const { id, type, xmlns = '', to = SERVER_JID } = stanza.attrs;
    if (type !== 'get' && type !== 'set') {
      if (type === 'result' && connection.device) this.parts.world.counters.pongs++;
      this.parts.pairing.answered(connection, stanza);
      return;
    }
    const tag = child(stanza)?.tag ?? '';
    this.parts.world.counters.countIq(xmlns, tag);
    if (connection.faults().unanswered?.includes(xmlns)) return;
    const { world } = this.parts;
    const request: IqRequest = { world, device: connection.device, account: connection.device?.account, stanza, xmlns, type, tag, to };
    const answer = await this.decide(connection, request);
    connection.wire.send(
      'result' in answer
        ? element('iq', { id, from: to, type: 'result' }, answer.result.length > 0 ? answer.result : undefined)
        : element('iq', { id, from: to, type: 'error' }, [element('error', { code: answer.error.code, text: answer.error.text })])
    );
    if (xmlns === 'passive' && tag === 'active') connection.activated();
    this.greet(request);
  }

  private async decide(connection: Connection, request: IqRequest): Promise<IqAnswer> {
    try {
      switch (request.xmlns) {
        case 'encrypt':
          return await answerEncrypt(request);
        case 'md':
          return await this.parts.pairing.answer(connection, request);
        default:
          return await this.parts.routeIq(request);
      }
    } catch (err) {
      this.parts.log.warn({ xmlns: request.xmlns, tag: request.tag, err }, 'failed to answer an iq');
      const malformed = err instanceof MalformedStanzaError;
      return { error: malformed ? { code: 400, text: 'bad-request' } : { code: 500, text: 'internal-server-error' } };
    }
  }

  /** The first `active` completes the set-up of a new companion: its keys are uploaded, so its phone can write to it. */
  private greet({ xmlns, tag, device, world }: IqRequest): void {
    if (xmlns !== 'passive' || tag !== 'active' || !device || device.greeted) return;
    device.greeted = true;
    world.events.emit('changed');
    world.events.emit('first-login', { device });
  }
}
