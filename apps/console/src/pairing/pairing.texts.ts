export const pairingTexts = {
  title: 'Link a phone',
  byQr: 'QR code',
  byCode: 'Pairing code',
  steps: 'On the phone: WhatsApp, Settings, Linked devices, Link a device. Then point the camera here.',
  codeSteps: 'On the phone: WhatsApp, Settings, Linked devices, Link a device, Link with phone number instead. Then type the code.',
  qrAlt: 'QR code to link {{session}}',
  validFor: 'Valid for {{seconds}} s; the next one follows by itself',
  attempt: 'Code {{attempt}}',
  wait: 'Waiting for a code from WhatsApp',
  phone: 'Phone number of the account',
  phoneHint: 'With country code',
  askCode: 'Get a code',
  codeLabel: 'Pairing code',
  issued: 'Issued at {{at}}',
  another: 'Another number',
  notYours: 'This token may not see codes that link an account: it lacks the scope “control”.',
  linked: 'Linked to {{account}}'
};
