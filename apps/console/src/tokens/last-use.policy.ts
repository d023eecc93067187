interface Used {
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
}

/** When something was last used, never before it was created: the edge notes uses by the minute. */
export function lastUseOf({ createdAt, lastUsedAt }: Used): string | null {
  return lastUsedAt !== null && lastUsedAt < createdAt ? createdAt : lastUsedAt;
}
