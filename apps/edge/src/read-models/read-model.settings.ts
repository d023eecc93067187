/** Times of the read models, in ms. */
export interface ReadModelSettings {
  /** An edge that has not shown life for so long no longer projects. */
  readonly leaseMs: number;
  /** Messages older than this are not kept. */
  readonly messageAgeMs: number;
}

/** The settings, injectable. */
export class ReadModelLimits {
  constructor(readonly settings: ReadModelSettings) {}
}
