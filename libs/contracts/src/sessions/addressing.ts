/** By what direct messages are addressed: `auto` does as the account demands, `lid` and `pn` force LIDs or numbers. */
export const ADDRESSINGS = ['auto', 'lid', 'pn'] as const;
export type Addressing = (typeof ADDRESSINGS)[number];
