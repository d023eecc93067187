// The builders of the OpenAPI and AsyncAPI documents and of the schemas of commands. Edges and tools load them; connectors never do.
export * from './reply.schemas.js';
export * from './request.schemas.js';
export * from './async-api.document.js';
export type { AsyncApiDocument, JsonSchema } from './async-api.types.js';
export * from './command-examples.js';
export * from './command-groups.table.js';
export * from './event-fields.table.js';
export * from './message-outcomes.table.js';
export * from './open-api.document.js';
export * from './open-api.page.js';
export * from './reply-examples.table.js';
export * from './route.operations.js';
export type * from './open-api-parts.js';
