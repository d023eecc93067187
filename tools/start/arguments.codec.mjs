// @ts-check
import { join, resolve } from 'node:path';

export const USAGE = `npm start [-- options]      everything on this machine, one command
npm run demo [-- options]   the same against a simulated WhatsApp: no phone needed

  --connectors N   processes that hold WhatsApp sockets (default 1)
  --edges M        processes that serve clients (default 1)
  --port P         port of the first edge, the others follow (default 3000)
  --data DIR       where everything is kept (default .wabus, for the demo .wabus/demo)
  --demo           run against the simulator
  --help           this text`;

/**
 * What `npm start` was asked for.
 * @typedef {{ connectors: number, edges: number, port: number, demo: boolean, dataFolder: string, help: boolean }} StartOptions
 */

/**
 * Reads the command line.
 * @param {string[]} args
 * @param {string} root folder of the repository: the default data folder is in it; a given one is relative to the working directory
 * @returns {StartOptions}
 * @throws {Error} in one line that names the wrong argument
 */
export function parseArguments(args, root) {
  const options = { connectors: 1, edges: 1, port: 3000, demo: false, dataFolder: '', help: false };
  for (let i = 0; i < args.length; i++) {
    const [name = '', inline] = (args[i] ?? '').split(/=(.*)/s, 2);
    const value = () => {
      const given = inline ?? args[++i];
      if (given === undefined || given === '') throw new Error(`${name} needs a value`);
      return given;
    };
    switch (name) {
      case '--connectors':
        options.connectors = wholeNumber(name, value(), 1, 64);
        break;
      case '--edges':
        options.edges = wholeNumber(name, value(), 1, 64);
        break;
      case '--port':
        options.port = wholeNumber(name, value(), 1, 65_535);
        break;
      case '--data':
        options.dataFolder = resolve(value());
        break;
      case '--demo':
        options.demo = true;
        break;
      case '--help':
      case '-h':
        options.help = true;
        break;
      default:
        throw new Error(`unknown argument ${args[i]}`);
    }
  }
  if (options.port + options.edges - 1 > 65_535) throw new Error(`--port ${options.port} leaves no ports for ${options.edges} edges`);
  options.dataFolder ||= options.demo ? join(root, '.wabus', 'demo') : join(root, '.wabus');
  return options;
}

/**
 * @param {string} name
 * @param {string} text
 * @param {number} least
 * @param {number} most
 */
function wholeNumber(name, text, least, most) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > most)
    throw new Error(`${name} must be a whole number from ${least} to ${most}, not ${text}`);
  return number;
}
