export const firstStepTexts = {
  title: 'First steps',
  about: '{{done}} of {{all}} done. Put your access token in the variable TOKEN.',
  done: 'Done',
  open: 'To do',
  steps: {
    link: {
      title: 'Link a phone',
      text: 'Create a session, then scan its QR code with WhatsApp: Settings, Linked devices.'
    },
    send: { title: 'Send a message', text: 'From the page Chats, or with a command. This one writes to your own account:' },
    connect: {
      title: 'Connect a program',
      text: 'Create a token for it on the page Tokens. This program prints each message:'
    },
    webhook: { title: 'Add a webhook', text: 'On the page Webhooks, or with a command. Wabus then sends messages to your address:' }
  },
  toChats: 'Chats',
  toTokens: 'Tokens',
  toWebhooks: 'Webhooks',
  docs: 'HTTP documentation'
};
