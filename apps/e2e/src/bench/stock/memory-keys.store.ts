import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import {
  BufferJSON,
  initAuthCreds,
  proto,
  type AuthenticationCreds,
  type AuthenticationState,
  type SignalDataSet,
  type SignalDataTypeMap
} from 'baileys-stock';

/**
 * The cheapest possible auth state: objects in a map, neither copied nor encoded. Records that were saved to a file stay there until they are needed,
 * so that a process that opens saved credentials keeps as few of them in memory as one with a database.
 */
export class MemoryKeys {
  readonly state: AuthenticationState;
  private readonly records = new Map<string, unknown>();

  constructor(private readonly file: string) {
    const saved = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>)['creds'] : undefined;
    const creds = saved === undefined ? initAuthCreds() : (revive(saved) as AuthenticationCreds);
    this.state = {
      creds,
      keys: {
        get: <T extends keyof SignalDataTypeMap>(type: T, ids: string[]) => {
          const found: Record<string, SignalDataTypeMap[T]> = {};
          for (const id of ids) {
            const value = this.find(type, id);
            if (value !== undefined && value !== null) found[id] = value as SignalDataTypeMap[T];
          }
          return found;
        },
        set: (data: SignalDataSet) => {
          for (const [type, values] of Object.entries(data)) {
            for (const [id, value] of Object.entries(values ?? {})) this.records.set(`${type}/${id}`, value ?? null);
          }
        }
      }
    };
  }

  save(): void {
    const records = { ...this.saved(), ...Object.fromEntries(this.records), creds: this.state.creds };
    writeFileSync(this.file, JSON.stringify(records, BufferJSON.replacer), { mode: 0o600 });
  }

  private find(type: string, id: string): unknown {
    const key = `${type}/${id}`;
    if (this.records.has(key)) return this.records.get(key);
    const saved = revive(this.saved()[key]);
    const value = saved && type === 'app-state-sync-key' ? proto.Message.AppStateSyncKeyData.fromObject(saved) : saved;
    this.records.set(key, value);
    return value;
  }

  private saved(): Record<string, unknown> {
    return existsSync(this.file) ? (JSON.parse(readFileSync(this.file, 'utf8')) as Record<string, unknown>) : {};
  }
}

function revive(json: unknown): unknown {
  return json === undefined ? undefined : (JSON.parse(JSON.stringify(json), BufferJSON.reviver) as unknown);
}
