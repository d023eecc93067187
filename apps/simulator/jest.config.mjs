import preset from '../../jest.preset.mjs';

// Real sockets make their 812 pre-keys in some of these tests. A Baileys socket that was ended keeps timers of up to a minute, for which nothing waits.
export default { ...preset, testTimeout: 30_000, forceExit: true };
