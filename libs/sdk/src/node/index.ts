export * from './file.cursor.store.js';
export * from './file.delivery.store.js';
export * from './webhook.listener.js';
