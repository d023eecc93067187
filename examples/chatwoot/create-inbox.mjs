// Creates the API inbox in Chatwoot, and prints the settings for the connector.
//   CHATWOOT_URL=… CHATWOOT_TOKEN=… CHATWOOT_ACCOUNT=1 node create-inbox.mjs <name> <URL at which Chatwoot reaches the connector>
const { CHATWOOT_URL: url, CHATWOOT_TOKEN: token, CHATWOOT_ACCOUNT: account = '1' } = process.env;
const [name, webhookUrl] = process.argv.slice(2);
if (!url || !token || !webhookUrl) {
  console.error('usage: CHATWOOT_URL=… CHATWOOT_TOKEN=… CHATWOOT_ACCOUNT=… node create-inbox.mjs <name> <webhook address>');
  process.exit(2);
}

const response = await fetch(`${url.replace(/\/$/, '')}/api/v1/accounts/${account}/inboxes`, {
  method: 'POST',
  headers: { api_access_token: token, 'content-type': 'application/json' },
  body: JSON.stringify({ name, channel: { type: 'api', webhook_url: webhookUrl } })
});
if (!response.ok) throw new Error(`Chatwoot answered ${response.status}: ${await response.text()}`);
const inbox = await response.json();
console.log(`export CHATWOOT_INBOX=${inbox.id}`);
// Chatwoot 4.13 and later sign webhooks. Older versions do not: keep the path of the URL secret there.
if (inbox.secret) console.log(`export CHATWOOT_WEBHOOK_SECRET=${inbox.secret}`);
else console.log(`export CHATWOOT_WEBHOOK_PATH=${new URL(webhookUrl).pathname}`);
