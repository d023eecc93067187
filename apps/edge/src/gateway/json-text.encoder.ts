import { Decoder, Encoder, PacketType, type Packet } from 'socket.io-parser';

/** JSON that is a text already. As the only argument of an event it goes into the packet as it is, neither parsed nor written again. */
export class JsonText {
  constructor(readonly text: string) {}

  /** For encoders that know nothing of this class. */
  toJSON(): unknown {
    return JSON.parse(this.text);
  }
}

/** Encodes as the standard parser does, so that standard clients understand it; a `JsonText` payload is spliced in. */
export class JsonTextEncoder extends Encoder {
  override encode(packet: Packet): unknown[] {
    return spliced(packet) ?? super.encode(packet);
  }
}

/** For the `parser` option of a Socket.IO server. */
export const JSON_TEXT_PARSER = { Encoder: JsonTextEncoder, Decoder };

/** `2/namespace,<ack id>["event",<text>]`: see the Socket.IO protocol, revision 5. `null` for packets without a `JsonText`. */
function spliced({ type, nsp, data, id }: Packet): [string] | null {
  if (type !== PacketType.EVENT || !Array.isArray(data)) return null;
  const [event, payload, ...rest] = data as unknown[];
  if (!(payload instanceof JsonText) || rest.length > 0) return null;
  const [before, after] = aroundPayload(nsp, event as string, id);
  return [before + payload.text + after];
}

/** What stands before and after the payload in the packet of an event. */
export function aroundPayload(nsp: string, event: string, id?: number): [before: string, after: string] {
  const namespace = nsp === '/' ? '' : `${nsp},`;
  return [`${PacketType.EVENT}${namespace}${id ?? ''}[${JSON.stringify(event)},`, ']'];
}
