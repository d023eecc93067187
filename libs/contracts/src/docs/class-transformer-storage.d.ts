/** The module in which class-transformer stores the metadata of its decorators. The package exports neither this module nor its types. */
declare module 'class-transformer/cjs/storage.js' {
  export const defaultMetadataStorage: object;
}
