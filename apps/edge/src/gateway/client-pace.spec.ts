import { ClientBudget } from './client-pace.js';

const KIB = 1_024;
const budgetOf = (clientKib: number, edgeKib: number): ClientBudget =>
  new ClientBudget({ clientBytes: clientKib * KIB, edgeBytes: edgeKib * KIB });

describe('the buffer of slow clients', () => {
  it.each([
    [0, 256],
    [6_000, 256],
    [7_000, 149],
    [7_900, 36.5],
    [8_100, 16],
    [8_192, 16],
    [50_000, 16]
  ])('shrinks per client near the limit: %d KiB used, %d KiB allowed', (waitingKib, allowedKib) => {
    const budget = budgetOf(256, 8_192);
    budget.count({}, waitingKib * KIB);
    expect(budget.allowanceBytes).toBe(allowedKib * KIB);
  });

  it('never exceeds the limit of a client', () => {
    const budget = budgetOf(64, 8_192);
    const [first, second] = [{}, {}];
    expect(budget.allowanceBytes).toBe(64 * KIB);
    budget.count(first, 4_000 * KIB);
    budget.count(second, 3_000 * KIB);
    budget.add(1_000 * KIB);
    expect(budget.waitingBytes).toBe(8_000 * KIB);
    expect(budget.allowanceBytes).toBe(24 * KIB);
    budget.count(first, 0);
    expect(budget.waitingBytes).toBe(3_000 * KIB);
    budget.forget(second);
    expect(budget.waitingBytes).toBe(0);
  });

  it('is larger for members of a room, but within the limit', () => {
    const budget = budgetOf(256, 8_192);
    budget.count({}, 8_192 * KIB);
    expect([1, 2, 10, 16, 1_000].map(members => budget.allowanceAmong(members) / KIB)).toEqual([16, 32, 160, 256, 256]);
  });

  it('keeps clients together near the total limit', () => {
    const budget = budgetOf(256, 8_192);
    const clients = Array.from({ length: 200 }, () => 0);
    for (let round = 0; round < 10; round++) {
      for (const index of clients.keys()) {
        const more = budget.allowanceBytes - clients[index]!;
        if (more <= 0) continue;
        clients[index]! += more;
        budget.add(more);
      }
    }
    const held = clients.reduce((sum, bytes) => sum + bytes, 0);
    expect(held).toBeLessThanOrEqual((8_192 + 200 * 16) * KIB);
    expect(Math.min(...clients)).toBeGreaterThanOrEqual(16 * KIB);
  });
});
