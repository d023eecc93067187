import { FeedOrder, type LivePlace } from './feed-order.state.js';

const at = (subject: string, sequence: number, previous = 0): LivePlace => ({ subject, sequence, previous });

describe('the order of a live feed of some subjects', () => {
  it('continues if the previous message was delivered', () => {
    const order = new FeedOrder(5);
    expect(order.judge(at('a', 9, 3), false)).toEqual({ kind: 'next' });
    order.take('a', 9);
    expect(order.judge(at('b', 12, 5), false)).toEqual({ kind: 'next' });
    order.take('b', 12);
    expect(order.judge(at('a', 20, 9), false)).toEqual({ kind: 'next' });
    expect(order.position).toBe(12);
  });

  it('detects a gap on a subject and where the gap begins', () => {
    const order = new FeedOrder(5);
    expect(order.judge(at('a', 9, 7), false)).toEqual({ kind: 'gap', after: 5 });
    order.take('a', 7);
    expect(order.judge(at('a', 9, 7), false)).toEqual({ kind: 'next' });
    order.take('b', 10);
    expect(order.judge(at('a', 15, 12), false)).toEqual({ kind: 'gap', after: 7 });
  });

  it('recognizes repeats and messages from before its start', () => {
    const order = new FeedOrder(5);
    expect(order.judge(at('a', 5, 1), false)).toEqual({ kind: 'seen' });
    expect(order.take('a', 6)).toBe(true);
    expect(order.take('a', 6)).toBe(false);
    expect(order.judge(at('a', 6, 1), false)).toEqual({ kind: 'seen' });
  });

  it('accepts late events of other subjects, and never goes back', () => {
    const order = new FeedOrder(0);
    order.take('a', 9);
    expect(order.judge(at('b', 7, 0), false)).toEqual({ kind: 'next' });
    expect(order.take('b', 7)).toBe(true);
    expect(order.position).toBe(9);
  });

  it('drops single subjects once all is verified up to there', () => {
    const order = new FeedOrder(0);
    order.take('a', 9);
    order.verify(12);
    expect(order.position).toBe(12);
    expect(order.judge(at('b', 11, 0), false)).toEqual({ kind: 'seen' });
    expect(order.judge(at('a', 15, 12), false)).toEqual({ kind: 'next' });
    expect(order.judge(at('a', 15, 13), false)).toEqual({ kind: 'gap', after: 12 });
  });

  it('continues after a gap in which nothing is left', () => {
    const order = new FeedOrder(0);
    order.close('a', 8);
    expect(order.judge(at('a', 9, 8), false)).toEqual({ kind: 'next' });
  });
});

describe('the order of a live feed of everything', () => {
  it('detects a gap in every missing sequence', () => {
    const order = new FeedOrder(5);
    expect(order.judge(at('a', 6, 1), true)).toEqual({ kind: 'next' });
    order.take('a', 6);
    expect(order.judge(at('b', 8, 0), true)).toEqual({ kind: 'gap', after: 6 });
    order.verify(7);
    expect(order.judge(at('b', 8, 0), true)).toEqual({ kind: 'next' });
    expect(order.judge(at('b', 7, 0), true)).toEqual({ kind: 'seen' });
  });
});

it('dispatches each event once despite loss and repeats', () => {
  for (let seed = 1; seed <= 200; seed++) {
    let state = seed * 7_919;
    const random = (below: number): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
    const last = new Map<string, number>();
    const log = Array.from({ length: 60 }, (_, i) => {
      const place = at('abc'[random(3)]!, i + 1, 0);
      const previous = last.get(place.subject) ?? 0;
      last.set(place.subject, place.sequence);
      return { ...place, previous };
    });
    const order = new FeedOrder(0);
    const handedOut: number[] = [];
    const take = ({ subject, sequence }: LivePlace): void => void (order.take(subject, sequence) && handedOut.push(sequence));
    for (const place of log.flatMap(each => (random(4) === 0 ? [] : random(5) === 0 ? [each, each] : [each]))) {
      const verdict = order.judge(place, false);
      if (verdict.kind === 'gap') {
        log
          .filter(({ subject, sequence }) => subject === place.subject && sequence > verdict.after && sequence < place.sequence)
          .forEach(take);
      }
      take(place);
    }
    // A lost message without a successor is found at the next verification.
    log.forEach(take);
    order.verify(60);
    expect([...handedOut].sort((x, y) => x - y)).toEqual(log.map(({ sequence }) => sequence));
    for (const subject of 'abc') {
      const own = handedOut.filter(sequence => log[sequence - 1]!.subject === subject);
      expect(own).toEqual([...own].sort((x, y) => x - y));
    }
  }
});
