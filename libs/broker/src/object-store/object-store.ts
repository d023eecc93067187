/** A file in an object store. */
export interface StoredObject {
  readonly name: string;
  readonly bytes: number;
  /** Of the content, hex. */
  readonly sha256: string;
  /** ISO time. */
  readonly createdAt: string;
  /** ISO time from which on it may be gone. It goes sooner only when its owner needs room for newer files. */
  readonly expiresAt: string;
  /** What its writer noted about it. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Where its content is; of meaning to the store only. */
  readonly content: { readonly id: string; readonly chunkBytes: number };
}

export interface PutOptions {
  /** Throws `PAYLOAD_TOO_LARGE`, and nothing stays, when the content is longer. */
  readonly maxBytes: number;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Gives up, with its reason; nothing stays. */
  readonly signal?: AbortSignal;
}

/** A part of a file; both ends belong to it. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** Files that expire. Content goes through in pieces: neither writing nor reading holds more than a few of them in memory, however slow the other side is. */
export abstract class ObjectStore {
  /**
   * Stores a file and settles when it is on disk and can be read; until then nobody sees it, nor when `source` fails, whose error is thrown on. A file of the same name is
   * replaced. `name` has the characters of subjects: `A-Z a-z 0-9 _ - .`; its first part says who owns the file. An owner holds at most half as much as is free, and makes room with
   * its own oldest files. Throws `PAYLOAD_TOO_LARGE`, `LIMIT_REACHED` and `BROKER_UNAVAILABLE`.
   */
  abstract put(name: string, source: AsyncIterable<Uint8Array>, options: PutOptions): Promise<StoredObject>;

  /** What is known of a file; `null` when there is none. Throws `BROKER_UNAVAILABLE`. */
  abstract find(name: string): Promise<StoredObject | null>;

  /** Removes every file that is there now and whose name begins with this part and a dot. Throws `BROKER_UNAVAILABLE`; then some may be left. */
  abstract removeAll(firstPart: string): Promise<void>;

  /** The content of a file, or a part of it. Throws, while it is read, `UNKNOWN_MEDIA` when it is gone, and `BROKER_UNAVAILABLE`. */
  abstract read(object: StoredObject, range?: ByteRange): AsyncIterable<Uint8Array>;
}
