/** The stream behind a bucket, and the subject of a key in it or of a filter over keys (ADR-8). */
export const bucketStreamName = (bucket: string): string => `KV_${bucket}`;
export const bucketSubject = (bucket: string, keyOrFilter: string): string => `$KV.${bucket}.${keyOrFilter}`;
