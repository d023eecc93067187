import { readCommandLine } from './command-line.js';

describe('the command line', () => {
  it('requires no option', () => {
    expect(readCommandLine([])).toMatchObject({ help: false, port: undefined, stateFile: undefined });
  });

  it('accepts every option', () => {
    const argv = '--port 1 --control-port 2 --accounts a --state-file s --root-key-file r --addressing lid --qr-references 3'.split(' ');
    expect(readCommandLine(argv)).toEqual({
      help: false,
      port: 1,
      controlPort: 2,
      accountsFile: 'a',
      stateFile: 's',
      rootKeyFile: 'r',
      addressing: 'lid',
      qrReferences: 3
    });
  });

  it('puts the root key next to the state file', () => {
    expect(readCommandLine(['--state-file', 's']).rootKeyFile).toBe('s.root-key');
    expect(readCommandLine([]).rootKeyFile).toBeUndefined();
  });

  it.each(['--port x', '--port 70000', '--addressing sms', '--qr-references 0', '--nonsense', 'positional'])('refuses %s', text => {
    expect(() => readCommandLine(text.split(' '))).toThrow();
  });
});
