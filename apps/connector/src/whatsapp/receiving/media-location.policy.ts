import { WabusError } from '@wabus/contracts';

/** The hosts from which files of messages are fetched. */
export interface MediaHosts {
  /** A simulator on this machine, used instead of WhatsApp's hosts. */
  readonly simulator: URL | null;
}

const WHATSAPP_HOST = 'mmg.whatsapp.net';
const WHATSAPP_DOMAIN = '.whatsapp.net';
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Returns the URL of a message's encrypted file. Anybody may have written the message, so only WhatsApp's hosts are permitted. Throws `INVALID_ARGUMENTS`. */
export function mediaLocation({ directPath, url }: { directPath?: unknown; url?: unknown }, { simulator }: MediaHosts): URL {
  const origin = simulator ? `http://${simulator.host}` : `https://${WHATSAPP_HOST}`;
  const text = typeof directPath === 'string' && directPath.startsWith('/') ? origin + directPath : url;
  if (typeof text !== 'string' || !URL.canParse(text)) throw refused('The message does not name the location of its file.');
  const location = new URL(text);
  const own = simulator
    ? location.protocol === 'http:' && location.port === simulator.port && LOOPBACK.test(location.hostname)
    : location.protocol === 'https:' && location.port === '' && location.hostname.endsWith(WHATSAPP_DOMAIN);
  if (!own || location.username !== '' || location.password !== '') throw refused('The file of the message is not on a host of WhatsApp.');
  return location;
}

function refused(message: string): WabusError {
  return new WabusError('INVALID_ARGUMENTS', { message, details: { fields: { message: [message] } } });
}
