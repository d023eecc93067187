import { Injectable } from '@nestjs/common';
import { ObjectStores } from '@wabus/broker';
import { MEDIA_BUCKET } from '@wabus/contracts';
import { Erasures } from '../erasure/erasures.registry.js';

/** The files of a session go with it: the name of each begins with that of its session. */
@Injectable()
export class MediaErasure {
  constructor(stores: ObjectStores, erasures: Erasures) {
    const store = stores.store(MEDIA_BUCKET);
    erasures.add('media', session => store.removeAll(session));
  }
}
