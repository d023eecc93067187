// @ts-check
import { BUCKETS, lackMessage, LEAST_FREE_BYTES, partsBeside, planStorage, reservedBytes, STREAMS } from './storage.plan.mjs';

const MIB = 2 ** 20;
const GIB = 2 ** 30;
const LEAST = BUCKETS.least + STREAMS.events.least + STREAMS.media.least + STREAMS.parts.least;

describe('the plan for the disk', () => {
  const budgets = [
    0, 1, 255, 256, 400, 512, 690, 767, 768, 1023, 1024, 1025, 1500, 2048, 3400, 5000, 7680, 11_264, 15_360, 16_384, 20_480, 1e6
  ];
  const choices = [undefined, -1, 0, 1, 100 * MIB, 512 * MIB, 2 * GIB, 10 * GIB, 50 * GIB];
  const cases = budgets.flatMap(mib => choices.flatMap(events => choices.map(media => ({ budget: mib * MIB, events, media }))));

  it('never exceeds the space, and keeps sizes that were set', () => {
    for (const { budget, events, media } of cases) {
      const plan = planStorage(budget, { ...(events === undefined ? {} : { events }), ...(media === undefined ? {} : { media }) });
      if ('lack' in plan) {
        expect(plan.lack.needBytes).toBeGreaterThan(plan.lack.haveBytes);
        continue;
      }
      expect(reservedBytes(plan.sizes)).toBeLessThanOrEqual(budget);
      if (events !== undefined) expect(plan.sizes.events).toBe(events);
      else expect(plan.sizes.events).toBeGreaterThanOrEqual(STREAMS.events.least);
      if (media !== undefined) expect(plan.sizes.media).toBe(media);
      else expect(plan.sizes.media).toBeGreaterThanOrEqual(STREAMS.media.least);
      expect(plan.sizes.events).toBeLessThanOrEqual(Math.max(STREAMS.events.usual, events ?? 0));
      expect(plan.sizes.media).toBeLessThanOrEqual(Math.max(STREAMS.media.usual, media ?? 0));
      expect(plan.sizes.parts).toBeGreaterThanOrEqual(STREAMS.parts.least);
      expect(plan.sizes.parts).toBeLessThanOrEqual(STREAMS.parts.usual);
    }
  });

  it('refuses only if even the minimum does not fit', () => {
    for (const { budget, events, media } of cases) {
      const plan = planStorage(budget, { ...(events === undefined ? {} : { events }), ...(media === undefined ? {} : { media }) });
      const least = (/** @type {number | undefined} */ size, /** @type {number} */ usual) =>
        size === undefined || size < 0 ? usual : size;
      const need =
        LEAST - STREAMS.events.least - STREAMS.media.least + least(events, STREAMS.events.least) + least(media, STREAMS.media.least);
      expect('lack' in plan).toBe(need > budget);
    }
  });

  it('grows with the disk up to the usual sizes', () => {
    let before = { events: 0, media: 0, parts: 0 };
    for (let budget = LEAST; budget < 20 * GIB; budget += 64 * MIB) {
      const plan = planStorage(budget, {});
      if (!('sizes' in plan)) throw new Error(`${budget} was refused`);
      expect(plan.sizes.events).toBeGreaterThanOrEqual(before.events);
      expect(plan.sizes.media).toBeGreaterThanOrEqual(before.media);
      expect(plan.sizes.parts).toBeGreaterThanOrEqual(before.parts);
      before = plan.sizes;
    }
    expect(before).toEqual({ events: 10 * GIB, media: 5 * GIB, parts: GIB });
  });

  it('gives parts of events a tenth of an older event stream', () => {
    expect(partsBeside(10 * GIB)).toBe(GIB);
    expect(partsBeside(100 * GIB)).toBe(GIB);
    expect(partsBeside(GIB)).toBe(Math.floor(GIB / 10));
    expect(partsBeside(MIB)).toBe(STREAMS.parts.least);
    expect(partsBeside(-1)).toBe(GIB);
  });

  it.each([
    [200 * MIB, {}, { stream: 'KV_WABUS_*', setting: null, needBytes: 256 * MIB, haveBytes: 200 * MIB }],
    [690 * MIB, {}, { stream: 'WABUS_EVENTS', setting: 'WABUS_EVENTS_MAX_BYTES', needBytes: 512 * MIB, haveBytes: 434 * MIB }],
    [1030 * MIB, {}, { stream: 'OBJ_WABUS_EVENT_PARTS', setting: 'WABUS_EVENT_PARTS_MAX_BYTES', needBytes: 48 * MIB, haveBytes: 6 * MIB }],
    [800 * MIB, {}, { stream: 'OBJ_WABUS_MEDIA', setting: 'WABUS_MEDIA_MAX_BYTES', needBytes: 256 * MIB, haveBytes: 32 * MIB }],
    [
      4 * GIB,
      { events: 5 * GIB },
      { stream: 'WABUS_EVENTS', setting: 'WABUS_EVENTS_MAX_BYTES', needBytes: 5 * GIB, haveBytes: 3840 * MIB }
    ],
    [
      4 * GIB,
      { media: 3.5 * GIB },
      { stream: 'WABUS_EVENTS', setting: 'WABUS_EVENTS_MAX_BYTES', needBytes: 512 * MIB, haveBytes: 256 * MIB }
    ]
  ])('names the stream that does not fit: %d bytes, %j', (budget, set, lack) => {
    expect(planStorage(budget, set)).toEqual({ lack });
  });

  it('names the stream, its need, the space and the setting', () => {
    const plan = planStorage(690 * MIB, {});
    if (!('lack' in plan)) throw new Error('it fitted');
    const text = lackMessage(plan.lack, { folder: '/data', freeBytes: 920 * MIB });
    for (const part of ['WABUS_EVENTS:', '512 MiB', '434 MiB', '/data has 920 MiB free', '--data', 'WABUS_EVENTS_MAX_BYTES']) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('\n');
  });

  it('needs no more than 1.5 GB', () => {
    expect(LEAST_FREE_BYTES).toBeLessThan(1.5e9);
    expect('sizes' in planStorage(Math.floor(LEAST_FREE_BYTES * 0.75), {})).toBe(true);
  });
});
