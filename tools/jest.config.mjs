/** The tools are plain JavaScript: no transformation. What is in `lint/` runs in node's own test runner. */
export default {
  displayName: 'tools',
  testEnvironment: '<rootDir>/test/tier.environment.mjs',
  testMatch: ['**/*.spec.mjs'],
  testPathIgnorePatterns: ['/lint/'],
  transform: {}
};
