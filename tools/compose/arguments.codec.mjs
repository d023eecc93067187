// @ts-check
import { parseArgs } from 'node:util';

export const USAGE = `npm run compose [-- options]
Creates the secrets and the .env for docker-compose.yml, builds the images and starts everything. Run it again after changes: the secrets stay.

  --tls DOMAIN      puts Caddy in front of the edges, with certificates for this name
  --cluster         three NATS nodes instead of one; only before the first start
  --connectors N    (default 1)
  --edges N         (default 1)
  --prepare         creates the files and starts nothing
  --help            this text`;

/** @typedef {ReturnType<typeof readComposeArguments>} ComposeArguments */

/**
 * @param {readonly string[]} args
 * @throws {Error} if an argument is invalid; the message names it
 */
export function readComposeArguments(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      tls: { type: 'string' },
      cluster: { type: 'boolean', default: false },
      connectors: { type: 'string', default: '1' },
      edges: { type: 'string', default: '1' },
      prepare: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false }
    }
  });
  const domain = values.tls ?? null;
  if (domain !== null && !/^(?=.{1,253}$)[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(domain))
    throw new Error(`--tls needs a host name such as chat.example, not ${domain}`);
  return {
    domain,
    cluster: values.cluster,
    scale: [`connector=${count('--connectors', values.connectors)}`, `edge=${count('--edges', values.edges)}`],
    prepareOnly: values.prepare,
    help: values.help
  };
}

/** @param {string} name @param {string} text */
function count(name, text) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 64) throw new Error(`${name} needs a whole number from 1 to 64, not ${text}`);
  return value;
}
