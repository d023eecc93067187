import { lookup } from 'node:dns/promises';

/** Turns a host name into addresses. */
export abstract class NameResolver {
  /** All addresses of a name, IPv4 and IPv6, at least one. Rejects when there are none. */
  abstract resolve(host: string): Promise<string[]>;
}

/** Resolves as the operating system does, its hosts file included. */
export class SystemNameResolver extends NameResolver {
  async resolve(host: string): Promise<string[]> {
    return (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);
  }
}
