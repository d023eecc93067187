import { MediaSource } from '../commands/media-source.request.js';

/** A file in the arguments of a command. */
export interface PlacedSource {
  /** Its path in the arguments, such as `content.image`. */
  readonly field: string;
  readonly source: MediaSource;
}

/** Every file in validated arguments, in the order of the fields. */
export function mediaSources(request: unknown, path: readonly string[] = []): PlacedSource[] {
  if (typeof request !== 'object' || request === null) return [];
  if (request instanceof MediaSource) return [{ field: path.join('.'), source: request }];
  return Object.entries(request).flatMap(([name, value]) => mediaSources(value, [...path, name]));
}

/** The arguments as plain data, each file in them replaced. */
export function withMedia(request: unknown, replace: (source: MediaSource) => unknown): unknown {
  if (typeof request !== 'object' || request === null) return request;
  if (request instanceof MediaSource) return replace(request);
  if (Array.isArray(request)) return request.map(item => withMedia(item, replace));
  return Object.fromEntries(Object.entries(request).map(([name, value]) => [name, withMedia(value, replace)]));
}
