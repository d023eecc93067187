import { commandSnippets } from './command-snippets.policy.js';

const call = { command: { name: 'sendMessage' }, session: 'sales', args: { jid: 'x', content: { text: "it's" } } };
const code = (name: string, of = call as Parameters<typeof commandSnippets>[0]): string | undefined =>
  commandSnippets(of, 'https://wabus.example').find(snippet => snippet.name === name)?.code;

describe('the code that runs a command in another program', () => {
  it('is one shell line with every quote intact', () => {
    expect(code('curl')).toContain("'https://wabus.example/api/sessions/sales/commands/sendMessage'");
    expect(code('curl')).toContain(`-d '{"args":{"jid":"x","content":{"text":"it'\\''s"}}}'`);
    expect(code('NATS')).toBe(`nats request 'wa.cmd.sales.sendMessage' '{"args":{"jid":"x","content":{"text":"it'\\''s"}}}'`);
  });

  it('has no body if there are no arguments', () => {
    const of = { ...call, command: { name: 'getSession' }, args: {} };
    expect(code('curl', of)).not.toContain('-d');
    expect(code('NATS', of)).toBe("nats request 'wa.cmd.sales.getSession' ''");
  });

  it('calls the SDK', () => {
    expect(code('SDK')).toContain('client.command(\'sendMessage\', {\n  "jid": "x"');
  });
});
