import type { LinkedAccount } from '@wabus/contracts';

/** The account that credentials belong to, and which of its devices they are. */
export function deviceAccount(credentials: Readonly<Record<string, unknown>>): { account: LinkedAccount; device: number } {
  const { id = '', lid, name } = credentials['me'] as { id?: string; lid?: string; name?: string };
  const platform = credentials['platform'];
  const account = {
    id: withoutDevice(id),
    lid: lid === undefined ? null : withoutDevice(lid),
    name: name ?? null,
    platform: typeof platform === 'string' ? platform : null
  };
  return { account, device: Number(/:(\d+)@/.exec(id)?.[1] ?? 0) };
}

const withoutDevice = (jid: string): string => jid.replace(/:\d+@/, '@');
