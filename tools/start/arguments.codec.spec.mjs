// @ts-check
import { parseArguments } from './arguments.codec.mjs';

describe('the arguments of npm start', () => {
  it('have defaults', () => {
    expect(parseArguments([], '/house')).toEqual({
      connectors: 1,
      edges: 1,
      host: null,
      port: null,
      logBytes: 20_000_000,
      logFiles: 4,
      demo: false,
      watch: false,
      dataFolder: '/house/.wabus',
      tokenFolder: '/house/.wabus',
      help: false
    });
  });

  it('give the demo a separate folder', () => {
    expect(parseArguments(['--demo'], '/house')).toMatchObject({
      demo: true,
      dataFolder: '/house/.wabus/demo',
      tokenFolder: '/house/.wabus'
    });
  });

  it('are accepted in both spellings', () => {
    const expected = { connectors: 3, edges: 2, port: 4000, dataFolder: '/data' };
    expect(parseArguments(['--connectors', '3', '--edges', '2', '--port', '4000', '--data', '/data'], '/house')).toMatchObject(expected);
    expect(parseArguments(['--connectors=3', '--edges=2', '--port=4000', '--data=/data'], '/house')).toMatchObject(expected);
  });

  it.each([
    [['--connectors', '0'], '--connectors must be a whole number from 1 to 64, not 0'],
    [['--edges', 'two'], '--edges must be a whole number'],
    [['--port', '70000'], '--port must be a whole number'],
    [['--port'], '--port needs a value'],
    [['--host'], '--host needs a value'],
    [['--log-bytes', '1'], '--log-bytes must be a whole number from 1000'],
    [['--verbose'], 'unknown argument --verbose']
  ])('are refused by name: %j', (args, message) => {
    expect(() => parseArguments(args, '/house')).toThrow(message);
  });
});
