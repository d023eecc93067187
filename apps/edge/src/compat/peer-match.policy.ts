import type { PeerRoute } from './compat.types.js';

/** A route with the parameters of a path, decoded once. */
export interface MatchedRoute {
  readonly route: PeerRoute;
  readonly params: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly route: PeerRoute;
  readonly segments: readonly string[];
  /** The number of fixed segments, and the position of the first parameter. More specific routes come first. */
  readonly fixed: number;
}

/** Finds the route of a path. Fixed segments take precedence over parameters, so that `/api/sessions/start` is not a session called `start`. */
export class PeerRoutes {
  private readonly patterns: readonly Pattern[];

  constructor(routes: readonly PeerRoute[]) {
    this.patterns = routes
      .map(route => {
        const segments = segmentsOf(route.path);
        return { route, segments, fixed: segments.filter(segment => !isPart(segment)).length };
      })
      .sort((one, other) => other.fixed - one.fixed);
  }

  /** Returns the route with this verb and path, or `null` if there is none. */
  find(verb: string, path: string): MatchedRoute | null {
    const given = segmentsOf(path);
    for (const { route, segments } of this.patterns) {
      if (route.verb !== verb || segments.length !== given.length) continue;
      const params = paramsOf(segments, given);
      if (params !== null) return { route, params };
    }
    return null;
  }
}

/** A parameter may contain encoded characters. A path that cannot be decoded matches no route. */
function paramsOf(segments: readonly string[], given: readonly string[]): Record<string, string> | null {
  const params: Record<string, string> = {};
  for (const [i, segment] of segments.entries()) {
    const text = given[i]!;
    if (!isPart(segment)) {
      if (segment !== text) return null;
      continue;
    }
    const value = decoded(text);
    if (value === null) return null;
    params[segment.slice(1, -1)] = value;
  }
  return params;
}

/** Returns the decoded text, or `null` if its encoding is invalid. */
export function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

const segmentsOf = (path: string): string[] => path.split('/').filter(segment => segment !== '');
const isPart = (segment: string): boolean => segment.startsWith('{');
