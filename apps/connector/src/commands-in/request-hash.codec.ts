import { createHash } from 'node:crypto';
import { toJsonValue } from '@wabus/contracts';

/** Returns a hash of a validated request, independent of the order of its fields: equal requests have the same hash. */
export function hashRequest(request: object): string {
  return createHash('sha256')
    .update(JSON.stringify(inOrder(toJsonValue(asAsked(request)))))
    .digest('base64url');
}

/** Removes the fetched link preview, which is not part of the caller's request. */
function asAsked(request: object): object {
  const { content, options } = request as { content?: object; options?: { linkPreview?: unknown } };
  return options?.linkPreview === true ? { ...request, content: { ...content, linkPreview: undefined } } : request;
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, content]) => content !== undefined);
  // Compares code units, because language-specific order differs between machines. Uses pairs, because objects put numeric names first.
  return { fields: fields.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, content]) => [name, inOrder(content)]) };
}
