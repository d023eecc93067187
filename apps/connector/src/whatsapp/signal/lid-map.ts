import type { LIDMapping, SignalKeyStoreWithTransaction, SocketConfig } from '@whiskeysockets/baileys';
import { jidDecode } from '../baileys.js';
import { basePair, hostedAs, isHosted, plainJid } from './lid-pair.mapper.js';

type MakeRepository = SocketConfig['makeSignalRepository'];
type Repository = ReturnType<MakeRepository>;
type Mapping = Repository['lidMapping'];

const TYPE = 'lid-mapping';

/** The map of numbers and LIDs, with features that Baileys' own map lacks: pairs of hosted accounts, removed pairs, and pairs that must not replace others. */
export interface LidMap {
  /**
   * Adds pairs from a source with many contacts, such as the history. They never replace known pairs: for a contradiction, WhatsApp is queried, and its answer
   * is stored (whatsapp-rust f95eb2de).
   */
  add(pairs: LIDMapping[]): Promise<void>;
  /** Replaces the pair of a contact with a new number or LID; the old pair becomes invalid (whatsmeow 563bcaa0). */
  replace(former: Partial<LIDMapping>, present: LIDMapping): Promise<void>;
}

/** Wraps a Signal repository to use a `LidMap`, which `made` receives. */
export function lidMapRepository(made: (map: LidMap) => void, make: MakeRepository): MakeRepository {
  return (auth, logger, askWhatsApp) => {
    const repository = make(auth, logger, askWhatsApp);
    const plain = repository.lidMapping;
    const keys = auth.keys as SignalKeyStoreWithTransaction;
    // The other methods and the cache are those of Baileys' map.
    const lidMapping = Object.assign(Object.create(plain) as Mapping, {
      storeLIDPNMappings: (pairs: LIDMapping[]) => plain.storeLIDPNMappings(pairs.map(basePair)),
      getPNForLID: async (lid: string) => (await lidMapping.getPNsForLIDs([lid]))?.[0]?.pn ?? null,
      getPNsForLIDs: (lids: string[]) => numbersOf(plain, lids)
    });
    made({
      add: async pairs => {
        const known = await plainPairs(plain, pairs.map(basePair));
        const fresh = pairs.map(basePair).filter(pair => !known.has(plainJid(pair.pn)));
        await plain.storeLIDPNMappings(fresh);
        const contradicted = pairs.map(basePair).filter(({ pn, lid }) => (known.get(plainJid(pn)) ?? plainJid(lid)) !== plainJid(lid));
        const answer = contradicted.length > 0 ? await askWhatsApp?.(contradicted.map(({ pn }) => plainJid(pn))) : undefined;
        await plain.storeLIDPNMappings(answer ?? []);
      },
      replace: async (former, present) => {
        const [pnUser, lidUser] = [former.pn, former.lid].map(jid => (jid ? jidDecode(jid)?.user : undefined));
        const void_ = { ...(pnUser ? { [pnUser]: null } : {}), ...(lidUser ? { [`${lidUser}_reverse`]: null } : {}) };
        await keys.transaction(() => Promise.resolve(keys.set({ [TYPE]: void_ })), TYPE);
        const { mappingCache } = plain as unknown as { mappingCache: Map<string, string> };
        for (const name of [`pn:${pnUser}`, `lid:${lidUser}`]) mappingCache.delete(name);
        await plain.storeLIDPNMappings([basePair(present)]);
      }
    });
    return { ...repository, lidMapping };
  };
}

async function plainPairs(plain: Mapping, pairs: LIDMapping[]): Promise<Map<string, string>> {
  const { keys } = plain as unknown as { keys: SignalKeyStoreWithTransaction };
  const users = pairs.flatMap(({ pn }) => jidDecode(pn)?.user ?? []);
  // Reads the store directly: the map would query WhatsApp for each unknown contact.
  const stored = (await keys.get(TYPE, users)) as Record<string, string | undefined>;
  return new Map(users.flatMap(user => (stored[user] ? [[`${user}@s.whatsapp.net`, `${stored[user]}@lid`] as const] : [])));
}

async function numbersOf(plain: Mapping, lids: string[]): Promise<LIDMapping[] | null> {
  const found = (await plain.getPNsForLIDs(lids.map(lid => (isHosted(lid) ? plainJid(lid) : lid)))) ?? [];
  const pairs = lids.flatMap(lid => {
    if (!isHosted(lid)) return found.filter(pair => pair.lid === lid);
    const pair = found.find(each => each.lid === plainJid(lid));
    return pair ? [{ lid, pn: hostedAs(lid, pair.pn) }] : [];
  });
  return pairs.length > 0 ? pairs : null;
}
