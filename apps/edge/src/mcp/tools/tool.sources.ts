import { Injectable } from '@nestjs/common';
import { SessionRegistryStore } from '../../commands-out/session.registry.store.js';
import { EventPager } from '../../events-in/event.pager.js';
import { ReadModels } from '../../read-models/reading/read-models.js';
import { SearchLimiter } from '../../read-models/reading/search.limiter.js';

/** What tools look at. */
@Injectable()
export class ToolSources {
  constructor(
    readonly pager: EventPager,
    readonly models: ReadModels,
    readonly registry: SessionRegistryStore,
    readonly searches: SearchLimiter
  ) {}
}
