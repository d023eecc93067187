import type { SessionId } from '../ids/ids.js';

/** The bucket of the read models, which only edges use. Like the event log, it contains texts and phone numbers, but no keys. */
export const MODELS_BUCKET = 'WABUS_MODELS';

/** The kinds of records. A record of the kind `alias` has the other jid of a person. */
export const MODEL_KINDS = ['chat', 'contact', 'group', 'label', 'alias', 'message'] as const;
export type ModelKind = (typeof MODEL_KINDS)[number];

/** The key of the edge that projects. Its revision is the epoch under which that edge writes. */
export const PROJECTOR_KEY = 'projector';
/** The key of the position that the projection has reached. */
export const PROJECTION_KEY = 'projection';
/** Returns the key of the position at which the models of a session begin. Earlier events belong to a deleted session with the same id. */
export const modelFloorKey = (session: SessionId): string => `session.${session}`;
export const MODEL_FLOOR_KEYS = 'session.*';
/** Returns the key of a pending or running rebuild. */
export const rebuildKey = (session: SessionId): string => `rebuild.${session}`;
export const REBUILD_KEYS = 'rebuild.*';
/** Returns the key of the skipped events of a session. */
export const skipsKey = (session: SessionId): string => `skips.${session}`;
