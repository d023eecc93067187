interface Used {
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
}

/** Returns the time of the last use, but never a time before the creation: the edge rounds uses to the minute. */
export function lastUseOf({ createdAt, lastUsedAt }: Used): string | null {
  return lastUsedAt !== null && lastUsedAt < createdAt ? createdAt : lastUsedAt;
}
