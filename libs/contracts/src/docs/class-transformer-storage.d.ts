/** class-transformer keeps what the decorators say here; it exports neither the place nor types for it. */
declare module 'class-transformer/cjs/storage.js' {
  export const defaultMetadataStorage: object;
}
