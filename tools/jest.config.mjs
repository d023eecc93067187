/** The tools are plain JavaScript, so there is no transformation. Node's own test runner runs the tests in `lint/`. */
export default {
  displayName: 'tools',
  testEnvironment: '<rootDir>/test/tier.environment.mjs',
  testMatch: ['**/*.spec.mjs'],
  testPathIgnorePatterns: ['/lint/'],
  transform: {}
};
