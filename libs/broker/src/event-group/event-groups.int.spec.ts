import { EVENT_SCHEMA_VERSION, type Cursor, type SessionId } from '@wabus/contracts';
import { awaitCondition } from '@wabus/testing';
import type { Broker } from '../broker.js';
import { BrokerFixture } from '../testing/broker.fixture.js';
import type { GroupDelivery, GroupMember, GroupStart, GroupTerms, GroupVerdict } from './event-groups.js';

const SETTLED: GroupVerdict = { settled: true };
const TERMS: GroupTerms = { filters: ['wa.evt.*.call'], ackWaitMs: 1_000, maxUnderWay: 1_000 };
const NOW: GroupStart = { kind: 'now' };

/** A member that records its deliveries and returns configured verdicts. */
class NotingMember implements GroupMember {
  readonly got: { id: string; attempt: number }[] = [];

  constructor(
    readonly maxInFlight: number,
    private readonly decide: (delivery: GroupDelivery) => GroupVerdict | Promise<GroupVerdict> = () => SETTLED
  ) {}

  async handle(delivery: GroupDelivery): Promise<GroupVerdict> {
    this.got.push({ id: delivery.event.facts.id, attempt: delivery.attempt });
    return this.decide(delivery);
  }

  get ids(): string[] {
    return this.got.map(({ id }) => id);
  }
}

const never = (): Promise<GroupVerdict> => new Promise(() => undefined);
const numbered = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

describe('groups that share events', () => {
  let fixture: BrokerFixture;
  let broker: Broker;
  let number = 0;
  let group = '';

  beforeAll(async () => {
    fixture = await BrokerFixture.launch();
    broker = await fixture.open();
  });
  afterAll(() => fixture.close());
  beforeEach(() => (group = `g${++number}`));

  const publish = async (ids: string[], event: 'call' | 'chats.lock' = 'call'): Promise<void> => {
    const facts = {
      session: `s${number}` as SessionId,
      event,
      epoch: 1,
      at: '2026-01-02T03:04:05.678Z',
      schemaVersion: EVENT_SCHEMA_VERSION
    };
    await Promise.all(ids.map(id => broker.eventLog.pipeline.publish({ ...facts, id }, `{"id":"${id}"}`)));
  };

  const until = (read: () => unknown, wanted: unknown): Promise<unknown> =>
    awaitCondition(read, value => JSON.stringify(value) === JSON.stringify(wanted), {
      waitMs: 5_000,
      what: JSON.stringify(wanted).slice(0, 200)
    });

  it('gives each event to one member, on any connection', async () => {
    await broker.eventGroups.establish(group, TERMS, NOW);
    const members = [new NotingMember(4), new NotingMember(4)];
    const other = await fixture.open();
    const memberships = [broker.eventGroups.join(group, members[0]!), other.eventGroups.join(group, members[1]!)];
    const ids = numbered('a', 200);
    await publish(ids);
    await publish(['not asked for'], 'chats.lock');
    await until(() => [...members[0]!.ids, ...members[1]!.ids].sort(), [...ids].sort());
    await awaitCondition(
      () => broker.eventGroups.state(group),
      state => state?.waiting === 0 && state.underWay === 0
    );
    expect(Math.min(...members.map(({ got }) => got.length))).toBeGreaterThan(0);
    await Promise.all(memberships.map(membership => membership.leave()));
  });

  it('keeps events from its start while it has no member', async () => {
    await publish(['before']);
    const cursor: Cursor = await broker.eventLog.end();
    await publish(['between']);
    await broker.eventGroups.establish(group, TERMS, { kind: 'after', cursor });
    await publish(['after']);
    const member = new NotingMember(4);
    const membership = broker.eventGroups.join(group, member);
    await until(() => member.ids, ['between', 'after']);
    await membership.leave();
    const cursorOfAnother = Buffer.from('1:1:1').toString('base64url');
    await expect(broker.eventGroups.establish('other', TERMS, { kind: 'after', cursor: cursorOfAnother })).rejects.toMatchObject({
      code: 'INVALID_REQUEST'
    });
  });

  it('limits events per member, and redelivers unsettled ones', async () => {
    await broker.eventGroups.establish(group, TERMS, NOW);
    const idle = new NotingMember(3, never);
    const stuck = broker.eventGroups.join(group, idle);
    await publish(numbered('c', 10));
    await awaitCondition(
      () => broker.eventGroups.state(group),
      state => state?.underWay === 3
    );
    // The server counts them before they arrive.
    await until(() => idle.got.length, 3);
    const busy = new NotingMember(10);
    const working = broker.eventGroups.join(group, busy);
    await until(() => busy.ids.toSorted(), numbered('c', 10));
    expect(idle.got).toHaveLength(3);
    expect(
      busy.got
        .filter(({ attempt }) => attempt === 2)
        .map(({ id }) => id)
        .sort()
    ).toEqual(idle.ids);
    await Promise.all([stuck.leave(), working.leave()]);
  });

  it('keeps the order on redelivery with one event at a time', async () => {
    await broker.eventGroups.establish(group, { ...TERMS, maxUnderWay: 1 }, NOW);
    let refused = false;
    const member = new NotingMember(1, ({ event }) => {
      if (event.facts.id !== 'd2' || refused) return SETTLED;
      refused = true;
      return { settled: false, retryInMs: 100 };
    });
    const membership = broker.eventGroups.join(group, member);
    await publish(numbered('d', 5));
    await until(() => member.ids, ['d0', 'd1', 'd2', 'd2', 'd3', 'd4']);
    expect(member.got.map(({ attempt }) => attempt)).toEqual([1, 1, 1, 2, 1, 1]);
    await membership.leave();
  });

  it('takes new terms without losing its position', async () => {
    await broker.eventGroups.establish(group, TERMS, NOW);
    await publish(['e0']);
    await broker.eventGroups.change(group, { ...TERMS, filters: ['wa.evt.*.call', 'wa.evt.*.chats.lock'] });
    await broker.eventGroups.establish(group, TERMS, NOW);
    await publish(['e1'], 'chats.lock');
    const member = new NotingMember(4);
    const membership = broker.eventGroups.join(group, member);
    await until(() => member.ids, ['e0', 'e1']);
    await membership.leave();
    await broker.eventGroups.remove(group);
    await broker.eventGroups.remove(group);
    await expect(broker.eventGroups.state(group)).resolves.toBeNull();
    await expect(broker.eventGroups.change(group, TERMS)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('survives a restart of the broker', async () => {
    await broker.eventGroups.establish(group, TERMS, NOW);
    const member = new NotingMember(4);
    const membership = broker.eventGroups.join(group, member);
    await publish(['f0']);
    await until(() => member.ids, ['f0']);
    await fixture.server.restart();
    await publish(['f1', 'f2']);
    await until(() => [...new Set(member.ids)], ['f0', 'f1', 'f2']);
    await membership.leave();
  }, 20_000);

  it("may exceed the server's default of 1,000", async () => {
    const names = numbered(`${group}_`, 1_010);
    for (let i = 0; i < names.length; i += 101)
      await Promise.all(names.slice(i, i + 101).map(name => broker.eventGroups.establish(name, TERMS, NOW)));
    expect(await broker.eventGroups.state(names.at(-1)!)).toEqual({ waiting: 0, underWay: 0 });
    for (let i = 0; i < names.length; i += 101) await Promise.all(names.slice(i, i + 101).map(name => broker.eventGroups.remove(name)));
  });
});
