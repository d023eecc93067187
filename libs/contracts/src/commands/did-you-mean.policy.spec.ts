import type { WabusError } from '../errors/wabus-error.js';
import { requestSchema } from '../docs/index.js';
import { CreateWebhookRequest, UpdateWebhookRequest } from '../webhooks/webhook.request.js';
import { parseBody, parseCommandArguments } from './command-arguments.policy.js';
import { COMMAND_CATALOG, type CommandName } from './command-catalog.js';
import { NAMES_BY_REQUEST } from './porters-names.table.js';

/** What is said of each wrong field. */
function problems(parse: () => unknown): Record<string, string[]> {
  try {
    parse();
    return {};
  } catch (error) {
    return (error as WabusError).details!['fields'] as Record<string, string[]>;
  }
}
const ofCommand = (command: CommandName, args: object) => problems(() => parseCommandArguments(command, args));

// As WAHA, the Evolution API and people who type write them.
test.each<[CommandName, string, string]>([
  ['sendMessage', 'chatId', 'jid'],
  ['sendMessage', 'number', 'jid'],
  ['sendMessage', 'textMessage', 'content.text'],
  ['sendMessage', 'text', 'content.text'],
  ['sendMessage', 'reply_to', 'options.quoted'],
  ['sendMessage', 'caption', 'content.caption'],
  ['readMessages', 'messageIds', 'keys'],
  ['sendPresenceUpdate', 'presence', 'type'],
  ['sendPresenceUpdate', 'chatId', 'toJid'],
  ['sendMessage', 'JID', 'jid'],
  ['sendMessage', 'contnet', 'content'],
  ['onWhatsApp', 'numbers', 'phoneNumbers'],
  ['groupCreate', 'participant', 'participants']
])('%s: for %s it proposes %s', (command, wrong, right) => {
  expect(ofCommand(command, { [wrong]: 'x' })[wrong]).toEqual([`property ${wrong} should not exist: did you mean ${right}?`]);
});

test('what is like no field gets no proposal', () => {
  const fields = ofCommand('sendMessage', { jid: '1@s.whatsapp.net', content: { text: 'x' }, colour: 2, id: 3 });
  expect(fields).toEqual(Object.fromEntries(['colour', 'id'].map(name => [name, [`property ${name} should not exist`]])));
});

test.each(['session', 'instanceName'])('%s has its place in the address', name => {
  expect(ofCommand('sendMessage', { [name]: 'x' })[name]).toEqual([
    `property ${name} should not exist: the session is in the address, or stands beside the arguments`
  ]);
});

test('every proposal by request is a field of it', () => {
  const classes = new Map(
    [...Object.values(COMMAND_CATALOG).map(({ request }) => request), CreateWebhookRequest, UpdateWebhookRequest].map(each => [
      each.name,
      each
    ])
  );
  for (const [name, names] of Object.entries(NAMES_BY_REQUEST)) {
    const fields = Object.keys(requestSchema(classes.get(name)!)['properties'] as object);
    for (const path of Object.values(names)) expect(fields).toContain(path.split('.')[0]);
  }
});

test('bodies and what is in them have proposals too', () => {
  expect(problems(() => parseBody(CreateWebhookRequest, { url: 'https://a.example', events: ['*'], event: ['*'] }))).toEqual({
    event: ['property event should not exist: did you mean events?']
  });
  const content = { text: 'x', mentioned: ['1@s.whatsapp.net'] };
  expect(ofCommand('sendMessage', { jid: '1@s.whatsapp.net', content })['content.mentioned']?.[0]).toMatch(/did you mean mentions\?$/);
});
