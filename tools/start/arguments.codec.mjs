// @ts-check
import { join, resolve } from 'node:path';

export const USAGE = `npm start [-- options]      run everything on this machine with one command
npm run demo [-- options]   run it with a simulated WhatsApp: no phone needed
npm run dev [-- options]    run the demo, compile on each change and restart the affected processes

  --connectors N   processes that hold WhatsApp sockets (default 1)
  --edges M        processes that serve clients (default 1)
  --host ADDRESS   address on which the edges listen (default WABUS_EDGE_HOST, else 127.0.0.1; 0.0.0.0 for all addresses of this machine)
  --port P         port of the first edge, the others follow (default WABUS_EDGE_PORT, else PORT, else 3000)
  --data DIR       the data folder (default .wabus, for the demo .wabus/demo)
  --log-bytes N    size at which a log file is rotated (default 20000000)
  --log-files N    number of older files to keep of each log (default 4)
  --demo           run against the simulator
  --watch          compile on each change, and restart connectors and edges
  --help           this text`;

/**
 * The options on the command line of `npm start`; `null` if an option is missing, so that the environment may set it.
 * @typedef {{ connectors: number, edges: number, host: string | null, port: number | null, logBytes: number, logFiles: number, demo: boolean, watch: boolean, dataFolder: string, tokenFolder: string, help: boolean }} StartArguments
 */

/** Returns the npm command that was started, for hints. @param {Pick<StartArguments, 'demo' | 'watch'>} given */
export function commandOf({ demo, watch }) {
  if (demo) return watch ? 'npm run dev' : 'npm run demo';
  return 'npm start';
}

/**
 * Parses the command line.
 * @param {string[]} args
 * @param {string} root the folder of the repository, which contains the default data folder; a given data folder is relative to the working
 * directory
 * @returns {StartArguments}
 * @throws {Error} if an argument is invalid; the message is one line and names it
 */
export function parseArguments(args, root) {
  /** @type {StartArguments} */
  const options = {
    connectors: 1,
    edges: 1,
    host: null,
    port: null,
    logBytes: 20_000_000,
    logFiles: 4,
    demo: false,
    watch: false,
    dataFolder: '',
    tokenFolder: '',
    help: false
  };
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
      case '--host':
        options.host = value();
        break;
      case '--port':
        options.port = wholeNumber(name, value(), 1, 65_535);
        break;
      case '--log-bytes':
        options.logBytes = wholeNumber(name, value(), 1_000, 1e12);
        break;
      case '--log-files':
        options.logFiles = wholeNumber(name, value(), 0, 1_000);
        break;
      case '--data':
        options.dataFolder = resolve(value());
        break;
      case '--demo':
        options.demo = true;
        break;
      case '--watch':
        options.watch = true;
        break;
      case '--help':
      case '-h':
        options.help = true;
        break;
      default:
        throw new Error(`unknown argument ${args[i]}`);
    }
  }
  const usual = join(root, '.wabus');
  // The demo uses the token of `npm start`, so that the commands in the README work with both.
  options.tokenFolder = options.dataFolder || usual;
  options.dataFolder ||= options.demo ? join(usual, 'demo') : usual;
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
