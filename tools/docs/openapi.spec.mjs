// @ts-check
import { Validator } from '@seriousme/openapi-schema-validator';
import { generateOpenApi } from './openapi.mjs';
import { writeViewSchemas } from './view-schemas.mjs';

/** @typedef {any} Json */

/** @param {Json} document */
const validated = document => new Validator().validate(structuredClone(document));

describe('the OpenAPI document', () => {
  it('is a valid OpenAPI 3.1 document without dead references', async () => {
    expect(await validated(await generateOpenApi())).toEqual({ valid: true });
  });

  it('is invalid when damaged, so the check above can fail', async () => {
    const document = await generateOpenApi();
    const wrong = { ...document, paths: { ...document.paths, '/wrong': { get: { responses: { 200: { summary: 'no description' } } } } } };
    expect(await validated(wrong)).toMatchObject({ valid: false });
    const dangling = { ...document, components: { ...document.components, responses: {} } };
    expect(await validated(dangling)).toMatchObject({ valid: false });
  });

  it('describes every response', async () => {
    const { paths } = await generateOpenApi();
    const says = (/** @type {Json} */ schema) => ['$ref', 'type', 'anyOf', 'oneOf'].some(word => word in schema);
    const untyped = Object.entries(paths).flatMap(([path, verbs]) =>
      Object.entries(verbs).flatMap(([verb, { responses }]) => {
        const schemas = Object.entries(responses).flatMap(([status, { content }]) =>
          status.startsWith('2') ? Object.values(content ?? {}).map(({ schema }) => schema) : []
        );
        return schemas.every(schema => says(schema) && says(schema.properties?.data ?? schema)) ? [] : [`${verb} ${path}`];
      })
    );
    expect(untyped).toEqual([]);
  });

  it('contains the current types of the contracts', async () => {
    expect(await writeViewSchemas({ check: true })).toBe(true);
  }, 120_000);

  it('names each operation once and every path parameter', async () => {
    const { paths, components } = await generateOpenApi();
    const operations = Object.entries(paths).flatMap(([path, verbs]) => Object.values(verbs).map(operation => ({ path, operation })));
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    for (const { path, operation } of operations) {
      const named = (operation.parameters ?? []).map((/** @type {Json} */ item) =>
        item.$ref ? components.parameters[item.$ref.split('/').at(-1)] : item
      );
      const inPath = named.filter((/** @type {Json} */ item) => item.in === 'path').map((/** @type {Json} */ item) => item.name);
      expect({ path, parts: inPath.sort() }).toEqual({ path, parts: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort() });
    }
  });
});
