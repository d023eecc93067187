import { MESSAGE_STAGES, type MessageStage } from '@wabus/contracts';
import { advance, isKept, type SendLife } from './send-progress.state.js';

const life = (stage: MessageStage, at = 1_000): SendLife => ({ chat: '1@s.whatsapp.net', correlation: 'c', stage, at });
const pairs = MESSAGE_STAGES.flatMap((from, i) => MESSAGE_STAGES.map((to, j) => [from, to, j > i] as const));

describe('the life of a sent message', () => {
  test.each(pairs)('from %s to %s: %s', (from, to, forward) => {
    const next = advance(life(from), { stage: to, at: 2_000 });
    expect(next).toEqual(forward ? life(to, 2_000) : null);
  });

  test('never goes back in time, although receipts have seconds', () => {
    expect(advance(life('accepted', 1_700), { stage: 'delivered', at: 1_000 })).toEqual(life('delivered', 1_700));
  });

  test('ends at its furthest stage and emits each stage once', () => {
    for (const order of permutations(MESSAGE_STAGES.slice(1))) {
      let now = life('accepted');
      const emitted: MessageStage[] = [];
      for (const stage of [...order, ...order]) {
        const next = advance(now, { stage, at: 1_000 });
        if (next === null) continue;
        emitted.push(stage);
        now = next;
      }
      expect(now.stage).toBe('played');
      expect(emitted).toEqual(MESSAGE_STAGES.filter(stage => emitted.includes(stage)));
    }
  });

  test('is stored from its failure or first receipt on', () => {
    expect(MESSAGE_STAGES.filter(isKept)).toEqual(['failed', 'delivered', 'read', 'played']);
  });
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, i) => permutations(items.filter((_, j) => j !== i)).map(rest => [item, ...rest]));
}
