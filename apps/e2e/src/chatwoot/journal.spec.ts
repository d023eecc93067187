import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { awaitCondition, createTempFolder, type TempFolder } from '@wabus/testing';

interface Journal {
  get(kind: string, key: string): unknown;
  put(kind: string, key: string, value: unknown): Promise<void>;
  close(): Promise<void>;
}
/** The part of the program that needs no server. */
interface ToWhatsApp {
  accept(payload: object): Promise<boolean>;
  catchUp(since: number | null): Promise<void>;
  stop(): Promise<void>;
}
type Faulty = Pick<FileHandle, 'appendFile' | 'datasync' | 'truncate'>;

const load = async (): Promise<{ open(path: string): Promise<Journal> }> =>
  ((await import(new URL('../../../../examples/chatwoot/journal.mjs', import.meta.url).href)) as { Journal: never }).Journal;

describe('the journal of the connector for Chatwoot', () => {
  let folder: TempFolder;
  let path: string;
  let handle: Faulty;
  let whole: Faulty;
  beforeAll(async () => {
    folder = createTempFolder('journal');
    const file = await open(join(folder.path, 'any'), 'a');
    handle = Object.getPrototypeOf(file) as Faulty;
    const { appendFile, datasync, truncate } = handle;
    whole = { appendFile, datasync, truncate };
    await file.close();
  });
  beforeEach(() => (path = join(folder.path, `${Math.random()}`)));
  afterEach(() => void Object.assign(handle, whole));
  afterAll(() => folder.remove());

  const full = (): Error => Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  /** Simulates a disk that stores only half of the next write. */
  const fill = (): void => {
    handle.appendFile = async function (this: FileHandle, text) {
      Object.assign(handle, { appendFile: whole.appendFile });
      const bytes = Buffer.from(text as Uint8Array);
      await this.appendFile(bytes.subarray(0, bytes.length / 2));
      throw full();
    };
  };

  test.each([
    ['cut off', () => undefined],
    ['left over', () => (handle.truncate = () => Promise.reject(full()))]
  ])('keeps acknowledged entries if half a line is %s', async (_what, prepare) => {
    const journal = await (await load()).open(path);
    await journal.put('work', 'a', 1);
    prepare();
    fill();
    await expect(journal.put('work', 'b', 2)).rejects.toMatchObject({ code: 'ENOSPC', isRetryable: true });
    // A record that is not on disk must not be in memory, so that the work is tried again.
    expect(journal.get('work', 'b')).toBeUndefined();
    await journal.put('work', 'c', 3);
    fill();
    await expect(journal.put('work', 'a', null)).rejects.toThrow('no space');
    expect(journal.get('work', 'a')).toBe(1);
    await journal.put('work', 'd', 4);
    await journal.close();

    const again = await (await load()).open(path);
    expect(['a', 'b', 'c', 'd'].map(key => again.get('work', key))).toEqual([1, undefined, 3, 4]);
    await again.close();
  });

  test('contains nothing that the disk may not have', async () => {
    const journal = await (await load()).open(path);
    handle.datasync = () => Promise.reject(full());
    await expect(journal.put('work', 'a', 1)).rejects.toThrow('no space');
    Object.assign(handle, whole);
    expect(journal.get('work', 'a')).toBeUndefined();
    const storing = journal.put('work', 'b', 2);
    expect(journal.get('work', 'b')).toBeUndefined();
    await storing;
    expect(journal.get('work', 'b')).toBe(2);
    await journal.close();
    const again = await (await load()).open(path);
    expect(['a', 'b'].map(key => again.get('work', key))).toEqual([undefined, 2]);
    await again.close();
  });

  test('fetches again what arrived while the disk was full', async () => {
    const { ToWhatsApp } = (await import(new URL('../../../../examples/chatwoot/to-whatsapp.mjs', import.meta.url).href)) as {
      ToWhatsApp: new (parts: object) => ToWhatsApp;
    };
    const journal = await (await load()).open(path);
    const message = { id: 7, content: 'hi', message_type: 1 };
    const failed: number[] = [];
    // Chatwoot with one conversation whose contact is not on WhatsApp, so that the work fails and ends.
    const chatwoot = {
      inbox: 1,
      conversationsSince: () => [{ id: 3, meta: {} }],
      messagesSince: () => [message],
      setStatus: (_conversation: number, id: number) => (failed.push(id), Promise.resolve())
    };
    const people = { chatOfConversation: () => Promise.resolve(null) };
    const program = new ToWhatsApp({ chatwoot, people, journal, wabus: {}, settings: {} });
    await program.catchUp(null);
    const webhook = { ...message, event: 'message_created', message_type: 'outgoing', inbox: { id: 1 }, conversation: { id: 3, meta: {} } };
    fill();
    await expect(program.accept(webhook)).rejects.toThrow('no space');
    await awaitCondition(
      () => failed,
      ids => ids.length > 0
    );
    expect([failed, journal.get('done', '7'), journal.get('work', '7')]).toEqual([[7], false, undefined]);
    // Two at the same time count as one.
    const two = { ...webhook, id: 8 };
    expect((await Promise.all([program.accept(two), program.accept(two)])).sort()).toEqual([false, true]);
    await program.stop();
    await journal.close();
  });

  (process.platform === 'win32' ? test.skip : test)('is readable only by its owner', async () => {
    for (const name of [path, `${path}.new`]) writeFileSync(name, '["work","a",1,1]\n', { mode: 0o644 });
    const journal = await (await load()).open(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toBe('["work","a",1,1]\n');
    await journal.close();
  });
});
