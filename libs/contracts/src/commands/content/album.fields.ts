import { Whole } from '../request-fields.js';

/** The head of an album: pictures and videos follow as messages of their own. */
export class AlbumFields {
  @Whole('How many pictures follow.', { max: 1_000, optional: true })
  expectedImageCount?: number;

  @Whole('How many videos follow.', { max: 1_000, optional: true })
  expectedVideoCount?: number;
}
