import { AsyncLocalStorage } from 'node:async_hooks';
import type { AuthenticationState, BinaryNode, proto as Proto, SignalKeyStore, WASocket } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import {
  encodeSignedDeviceIdentity,
  encodeWAMessage,
  generateMessageIDV2,
  jidEncode,
  jidDecode,
  jidNormalizedUser,
  proto
} from '../baileys.js';
import { readPeerMessage } from './peer-message.reader.js';

const KEY_TYPE = 'app-state-sync-key';
/** An online device answers within seconds; an offline device is asked again later. */
const ASK_AGAIN_MS = [30_000, 300_000, 3_600_000];

/** Runs a function outside the key transaction in which a key was looked up: the snapshot is taken at load time, before any transaction. */
const outside = AsyncLocalStorage.snapshot();

/** The wait after the last request before the keys are reported as missing. */
const GIVE_UP_MS = 60_000;

export interface MissingKeysParts {
  readonly state: AuthenticationState;
  /** Called when new keys are stored. */
  readonly arrived: () => void;
  /** Called when all requests to all devices failed, or when every device answered that it lacks a key. */
  readonly exhausted: () => void;
  readonly logger: Logger;
  readonly ended: AbortSignal;
}

type KeySource = Pick<WASocket, 'signalRepository' | 'assertSessions' | 'getUSyncDevices' | 'sendNode'>;

/**
 * Requests the keys of the synchronized state that Baileys looked up without success. It asks the phone and every other device of the account repeatedly,
 * since possibly only one of them has the key (whatsapp-rust 5ca80c5c, zapo 56bbb95). Baileys parks the collection and reads it again when a key arrives.
 */
export class MissingKeys {
  private readonly missing = new Map<string, number>();
  /** By key: the devices that were asked for it and have not yet reported that they lack it. */
  private readonly hoped = new Map<string, Set<number>>();
  private socket: KeySource | null = null;
  private timer: NodeJS.Timeout | null = null;
  private connected = false;

  constructor(private readonly parts: MissingKeysParts) {
    parts.ended.addEventListener('abort', () => this.stop(), { once: true });
  }

  attach(socket: KeySource): void {
    this.socket = socket;
  }

  /** Starts to send requests. Call it after the login. */
  begin(): void {
    this.connected = true;
    if (this.missing.size > 0) this.schedule(0);
  }

  /** Wraps a store to note which keys are looked up without success. */
  observe(keys: SignalKeyStore): SignalKeyStore {
    return {
      ...keys,
      get: async (type, ids) => {
        const found = await keys.get(type, ids);
        if (type === KEY_TYPE) for (const id of ids) this.looked(id, found[id] !== undefined && found[id] !== null);
        return found;
      },
      set: async changes => {
        const arrived = (changes as Record<string, Record<string, unknown> | undefined>)[KEY_TYPE];
        for (const [id, value] of Object.entries(arrived ?? {})) if (value) this.found(id);
        await keys.set(changes);
        if (arrived) outside(() => setImmediate(() => this.parts.arrived()));
      }
    };
  }

  /**
   * Inspects a decrypted message from another device of the account. Returns its plaintext for Baileys, without the ids of keys that the device lacks too,
   * which have no data (whatsapp-rust PR 1052): Baileys would store an empty key and encrypt the next change with it.
   */
  take(stanza: BinaryNode, plaintext: Uint8Array): Uint8Array {
    const protocolMessage = readPeerMessage(stanza, plaintext, this.parts.state.creds);
    const share = protocolMessage?.appStateSyncKeyShare;
    if (!protocolMessage || !share?.keys) return plaintext;
    const isLacking = ({ keyData }: Proto.Message.IAppStateSyncKey): boolean => !keyData?.keyData?.length;
    const lacking = share.keys.filter(isLacking);
    if (lacking.length === 0) return plaintext;
    this.lackedBy(
      stanza.attrs['from'] ?? '',
      lacking.map(({ keyId }) => Buffer.from(keyId?.keyId ?? []).toString('base64'))
    );
    share.keys = share.keys.filter(key => !isLacking(key));
    return encodeWAMessage({ protocolMessage });
  }

  /** Notes that a device lacks keys too. Once all devices lack a key, reports it without further waiting. */
  private lackedBy(jid: string, ids: readonly string[]): void {
    const device = jidDecode(jid)?.device ?? 0;
    for (const id of ids) this.hoped.get(id)?.delete(device);
    if (ids.some(id => this.missing.has(id) && this.hoped.get(id)?.size === 0)) this.parts.exhausted();
  }

  private looked(id: string, found: boolean): void {
    if (found) return this.found(id);
    if (this.missing.has(id)) return;
    this.missing.set(id, 0);
    if (this.connected) this.schedule(0);
  }

  private found(id: string): void {
    this.missing.delete(id);
    this.hoped.delete(id);
  }

  private schedule(waitMs: number): void {
    if (this.parts.ended.aborted) return;
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      outside(() => this.ask()).catch((err: unknown) => {
        if (!this.parts.ended.aborted) this.parts.logger.warn({ err }, 'failed to request keys of the synchronized state');
      });
    }, waitMs).unref();
  }

  private async ask(): Promise<void> {
    const ids = [...this.missing.keys()];
    if (ids.length === 0 || !this.socket) return;
    const round = Math.max(...this.missing.values());
    for (const id of ids) this.missing.set(id, round + 1);
    const nextMs = ASK_AGAIN_MS[round];
    if (nextMs !== undefined) this.schedule(nextMs);
    else setTimeout(() => this.giveUp(), GIVE_UP_MS).unref();
    const devices = await this.ownDevices(this.socket);
    this.parts.logger.warn(
      { missing: ids.length, devices: devices.length },
      'keys of the synchronized state are missing, requesting them from the other devices'
    );
    for (const id of ids) this.hoped.set(id, new Set(devices.map(jid => jidDecode(jid)?.device ?? 0)));
    for (const device of devices) await this.askDevice(this.socket, device, ids);
  }

  /** Resolves to the jids of the phone and of every linked device except this one. */
  private async ownDevices(socket: KeySource): Promise<string[]> {
    const { me } = this.parts.state.creds;
    if (!me) return [];
    const { user, device: self } = jidDecode(me.id) ?? {};
    const found = await socket.getUSyncDevices([jidNormalizedUser(me.id)], false, false);
    const companions = found.flatMap(({ device }) => (device && device !== self ? [jidEncode(user ?? '', 's.whatsapp.net', device)] : []));
    return [jidNormalizedUser(me.id), ...new Set(companions)];
  }

  private async askDevice({ signalRepository, assertSessions, sendNode }: KeySource, jid: string, ids: string[]): Promise<void> {
    const message = {
      protocolMessage: {
        type: proto.Message.ProtocolMessage.Type.APP_STATE_SYNC_KEY_REQUEST,
        appStateSyncKeyRequest: { keyIds: ids.map(id => ({ keyId: Buffer.from(id, 'base64') })) }
      }
    };
    await assertSessions([jid]);
    const { type, ciphertext } = await signalRepository.encryptMessage({ jid, data: encodeWAMessage(message) });
    const { account, me } = this.parts.state.creds;
    const content: BinaryNode[] = [{ tag: 'enc', attrs: { v: '2', type }, content: ciphertext }];
    if (type === 'pkmsg' && account)
      content.push({ tag: 'device-identity', attrs: {}, content: encodeSignedDeviceIdentity(account, true) });
    content.push({ tag: 'meta', attrs: { appdata: 'default' } });
    const attrs = { id: generateMessageIDV2(me?.id), to: jid, type: 'protocol', category: 'peer', push_priority: 'high_force' };
    await sendNode({ tag: 'message', attrs, content });
  }

  private giveUp(): void {
    if (this.missing.size > 0 && !this.parts.ended.aborted) this.parts.exhausted();
  }

  private stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.missing.clear();
    this.hoped.clear();
  }
}
