export * from './file.cursor.store.js';
