import type { proto } from '@whiskeysockets/baileys';

/** Returns whether a client's version is lower than `oldest`; so is a missing version. */
export function isOlder(payload: proto.IClientPayload, oldest: string): boolean {
  const { primary, secondary, tertiary } = payload.userAgent?.appVersion ?? {};
  const presented = [primary, secondary, tertiary].map(part => part ?? 0);
  const parts = oldest.split('.').map(Number);
  const differing = presented.findIndex((part, i) => part !== parts[i]);
  return differing !== -1 && presented[differing]! < parts[differing]!;
}
