import type { PeerRoute } from './compat.types.js';

/** A route with the parts of a path, decoded once. */
export interface MatchedRoute {
  readonly route: PeerRoute;
  readonly params: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly route: PeerRoute;
  readonly segments: readonly string[];
  /** How many segments are fixed, and where the first part in braces stands: what is more exact goes first. */
  readonly fixed: number;
}

/** Finds the route of a path. Fixed segments go before parts, so that `/api/sessions/start` is not a session called `start`. */
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

  /** `null` when no route has this verb and path. */
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

/** A part may hold characters that are encoded; what cannot be decoded is no path of anybody. */
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

/** `null` for what no address can contain. */
export function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

const segmentsOf = (path: string): string[] => path.split('/').filter(segment => segment !== '');
const isPart = (segment: string): boolean => segment.startsWith('{');
