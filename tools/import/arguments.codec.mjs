// @ts-check

export const FORMATS = /** @type {const} */ (['auto', 'baileys', 'evolution', 'waha', 'fazer', 'whatsmeow', 'wabus']);

export const USAGE = `wabus import SESSION --from SOURCE --old-gateway-is-stopped [options]
Imports a linked device from another gateway, without a QR code or passkey and unnoticed by the phone. docs/migrate/import.md in the repository
explains each gateway. In a clone of the repository, \`npm run import --\` does the same.

  --from SOURCE             a folder, a .tar, .tar.gz or .zip of one, a .json or .ndjson file, a SQLite file, redis://… or postgres://…, or env:NAME for
                            a variable that contains one of these; given twice if credentials and keys are stored separately
  --format FORMAT           ${FORMATS.join(', ')} (default auto)
  --name NAME               the session, instance or phone number, if the source contains several
  --old-gateway-is-stopped  confirms that the old gateway is stopped and will never be started again with this session
  --dry-run                 reads and checks, prints what would be imported, and sends nothing
  --credentials-only        omits the keys: received messages cannot be decrypted until contacts have built new sessions
  --url ADDRESS             URL of an edge (default http://localhost:3000); over a network only https://, unless --insecure-http is given
  --data DIR                data folder with the access token (default .wabus); WABUS_TOKEN and WABUS_TOKEN_FILE take precedence
  --no-wait                 does not wait for the first login
  --help                    this text`;

/**
 * @typedef {object} ImportOptions
 * @property {string} session
 * @property {string[]} from
 * @property {typeof FORMATS[number]} format
 * @property {string | undefined} name
 * @property {boolean} oldGatewayIsStopped
 * @property {boolean} dryRun
 * @property {boolean} credentialsOnly
 * @property {string} url
 * @property {string | undefined} data
 * @property {boolean} insecureHttp
 * @property {boolean} wait
 * @property {boolean} help
 */

/** @type {Readonly<Record<string, 'oldGatewayIsStopped' | 'dryRun' | 'credentialsOnly' | 'insecureHttp' | 'help'>>} */
const FLAGS = {
  '--old-gateway-is-stopped': 'oldGatewayIsStopped',
  '--dry-run': 'dryRun',
  '--credentials-only': 'credentialsOnly',
  '--insecure-http': 'insecureHttp',
  '--help': 'help',
  '-h': 'help'
};

/**
 * Parses the command line.
 * @param {readonly string[]} args
 * @returns {ImportOptions}
 * @throws {Error} if an argument is invalid; the message is one line and names it
 */
export function parseArguments(args) {
  /** @type {ImportOptions} */
  const options = {
    session: '',
    from: [],
    format: 'auto',
    name: undefined,
    oldGatewayIsStopped: false,
    dryRun: false,
    credentialsOnly: false,
    url: 'http://localhost:3000',
    data: undefined,
    insecureHttp: false,
    wait: true,
    help: false
  };
  for (let i = 0; i < args.length; i++) {
    const [name = '', inline] = (args[i] ?? '').split(/=(.*)/s, 2);
    const value = () => {
      const given = inline ?? args[++i];
      if (given === undefined || given === '' || given.startsWith('--')) throw new Error(`${name} needs a value`);
      return given;
    };
    const flag = FLAGS[name];
    if (flag !== undefined) options[flag] = true;
    else if (name === '--no-wait') options.wait = false;
    else if (name === '--from') options.from.push(value());
    else if (name === '--format') options.format = oneOf(name, value(), FORMATS);
    else if (name === '--name') options.name = value();
    else if (name === '--url') options.url = value();
    else if (name === '--data') options.data = value();
    else if (name.startsWith('-') || options.session !== '') throw new Error(`unknown argument ${args[i]}`);
    else options.session = args[i] ?? '';
  }
  if (options.help) return options;
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(options.session)) throw new Error('SESSION must be 1 to 64 characters from A-Z a-z 0-9 _ -');
  if (options.from.length === 0) throw new Error('--from is missing: set it to the source of the session');
  if (options.from.length > 2) throw new Error('--from must be given once, or twice if credentials and keys are stored separately');
  if (!options.oldGatewayIsStopped && !options.dryRun)
    throw new Error(
      'Two gateways with one session disconnect each other, and each loses the messages that the other reads. Stop the old one, then add --old-gateway-is-stopped.'
    );
  requireSafe(options);
  return options;
}

/** @param {ImportOptions} options */
function requireSafe({ url, insecureHttp }) {
  const address = URL.canParse(url) ? new URL(url) : null;
  if (address === null || !/^https?:$/.test(address.protocol)) throw new Error(`--url must be an http or https address, not ${url}`);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(address.hostname);
  if (address.protocol === 'http:' && !local && !insecureHttp)
    throw new Error(
      '--url uses a network without TLS: anyone who intercepts the data can act as this linked device. Use https://, or add --insecure-http.'
    );
}

/**
 * @template {string} T
 * @param {string} name
 * @param {string} text
 * @param {readonly T[]} allowed
 * @returns {T}
 */
function oneOf(name, text, allowed) {
  const found = allowed.find(one => one === text);
  if (found === undefined) throw new Error(`${name} must be one of ${allowed.join(', ')}, not ${text}`);
  return found;
}
