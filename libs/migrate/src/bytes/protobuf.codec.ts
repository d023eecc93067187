/** The fields of a protobuf message by number, each with all of its values in order: bytes for fields with a length, numbers for the others. */
export class ProtobufFields {
  private readonly values = new Map<number, (Uint8Array | number)[]>();

  /** @throws {RangeError} if the bytes are not a message */
  constructor(bytes: Uint8Array) {
    let at = 0;
    const varint = (): number => {
      let value = 0;
      for (let shift = 0; shift < 70; shift += 7) {
        const byte = bytes[at++];
        if (byte === undefined) throw malformed();
        value += (byte & 0x7f) * 2 ** shift;
        if (byte < 0x80) return value;
      }
      throw malformed();
    };
    const take = (length: number): Uint8Array => {
      if (at + length > bytes.length) throw malformed();
      at += length;
      return bytes.subarray(at - length, at);
    };
    while (at < bytes.length) {
      const tag = varint();
      const field = Math.floor(tag / 8);
      const list = this.values.get(field) ?? [];
      if (field === 0) throw malformed();
      this.values.set(field, list);
      switch (tag % 8) {
        case 0:
          list.push(varint());
          break;
        case 1:
          list.push(take(8));
          break;
        case 2:
          list.push(take(varint()));
          break;
        case 5:
          list.push(take(4));
          break;
        default:
          throw malformed();
      }
    }
  }

  has(field: number): boolean {
    return this.values.has(field);
  }

  /** Returns a number; 0 if it is missing, as in protobuf. */
  number(field: number): number {
    const value = this.values.get(field)?.at(-1) ?? 0;
    if (typeof value !== 'number') throw malformed();
    return value;
  }

  /** Returns all numbers of a repeated field, whether it is packed or not. */
  numbers(field: number): number[] {
    return (this.values.get(field) ?? []).flatMap(value => (typeof value === 'number' ? [value] : packedNumbers(value)));
  }

  /** Returns the bytes of a field; empty if it is missing. */
  bytes(field: number): Uint8Array {
    return this.all(field).at(-1) ?? new Uint8Array();
  }

  message(field: number): ProtobufFields | null {
    const bytes = this.all(field).at(-1);
    return bytes === undefined ? null : new ProtobufFields(bytes);
  }

  messages(field: number): ProtobufFields[] {
    return this.all(field).map(bytes => new ProtobufFields(bytes));
  }

  private all(field: number): Uint8Array[] {
    return (this.values.get(field) ?? []).map(value => {
      if (typeof value === 'number') throw malformed();
      return value;
    });
  }
}

/** Decodes consecutive varints as the values of a repeated field. */
function packedNumbers(bytes: Uint8Array): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const byte of bytes) {
    value += (byte & 0x7f) * 2 ** shift;
    shift += 7;
    if (byte >= 0x80) continue;
    numbers.push(value);
    value = shift = 0;
  }
  if (shift !== 0) throw malformed();
  return numbers;
}

const malformed = (): RangeError => new RangeError('not a protobuf message');
