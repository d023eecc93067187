import { checkOwnershipOptions, CLUSTER_TIMING, SINGLE_SERVER_TIMING } from './ownership.options.js';

describe('the options of ownership', () => {
  it('are valid for both sets of times', () => {
    for (const timing of [CLUSTER_TIMING, SINGLE_SERVER_TIMING])
      expect(() => checkOwnershipOptions({ connector: 'c-1_A', timing })).not.toThrow();
  });

  it('fence a connector before others consider it hung', () => {
    expect(() => checkOwnershipOptions({ connector: 'c', timing: { ...CLUSTER_TIMING, hangSilenceMs: 10_000 } })).toThrow(
      'hangSilenceMs is above selfFenceMs'
    );
  });

  it.each([
    [{ connector: '' }, 'connector id'],
    [{ connector: 'a.b' }, 'connector id'],
    [{ connector: 'c', weight: 0 }, 'weight'],
    [{ connector: 'c', weight: Number.NaN }, 'weight'],
    [{ connector: 'c', timing: { ...CLUSTER_TIMING, renewMs: 2_000 } }, 'crashSilenceMs'],
    [{ connector: 'c', timing: { ...CLUSTER_TIMING, askSilenceMs: 1_400 } }, 'askSilenceMs'],
    [{ connector: 'c', timing: { ...CLUSTER_TIMING, askSilenceMs: 2_600 } }, 'askSilenceMs'],
    [{ connector: 'c', timing: { ...CLUSTER_TIMING, selfFenceMs: 1_000 } }, 'selfFenceMs']
  ])('are refused with the reason: %j', (options, reason) => {
    expect(() => checkOwnershipOptions(options)).toThrow(reason);
  });
});
