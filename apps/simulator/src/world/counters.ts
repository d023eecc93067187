/** Figures since start, for the control operation `stats`. */
export class Counters {
  connections = 0;
  logins = 0;
  conflicts = 0;
  messagesToDevices = 0;
  messagesFromDevices = 0;
  /** Requests of linked devices to resend a message that they could not read. */
  retriesByDevices = 0;
  /** The same for phones. */
  retriesByPhones = 0;
  /** Requests for the page with the newest version. */
  versionLookUps = 0;
  /** Pings of the service, and the responses to them. */
  pings = 0;
  pongs = 0;
  /** The longest time that a status post waited for its ack. */
  slowestPostAckMs = 0;
  /** By `xmlns/tag`. */
  readonly iqs = new Map<string, number>();

  countIq(xmlns: string, tag: string): void {
    const key = `${xmlns}/${tag}`;
    this.iqs.set(key, (this.iqs.get(key) ?? 0) + 1);
  }
}
