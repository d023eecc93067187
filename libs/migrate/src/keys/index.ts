export * from './device-checks.policy.js';
export * from './fazer-session.reader.js';
export * from './signal-record.codec.js';
export * from './whatsmeow.reader.js';
export * from './x25519.codec.js';
export * from './xed25519.codec.js';
