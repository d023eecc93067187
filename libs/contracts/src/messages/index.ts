export * from './content-file.policy.js';
export * from './message-kinds.table.js';
export * from './message-content.policy.js';
