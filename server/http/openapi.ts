/** Owns /api/openapi.json: the contract as an OpenAPI 3.1 document. */

import { Problem, ROUTES, type Route } from '@ganwei/core/contract';
import { REFUSALS } from '@ganwei/core/refusal';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';

export function openApi(options: { title: string; version: string; basePath: string }): unknown {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [name, route] of Object.entries(ROUTES) as [string, Route][]) {
    const at = route.path.replace(/:(\w+)/g, '{$1}');
    paths[at] = { ...paths[at], [route.method.toLowerCase()]: operation(name, route) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: `${options.title} API`,
      version: options.version,
      description: `错误以 application/problem+json 返回，code 取值：${Object.keys(REFUSALS).join('、')}`,
    },
    servers: [{ url: options.basePath }],
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'ganwei' },
        csrf: { type: 'apiKey', in: 'header', name: 'X-CSRF-Token' },
      },
    },
    paths: paths as ZodOpenApiPathsObject,
  });
}

function operation(name: string, route: Route): ZodOpenApiOperationObject {
  const forms = route.stream === 'form' && { 'application/x-www-form-urlencoded': { schema: route.body } };
  const content =
    route.stream === 'file'
      ? { 'application/octet-stream': { schema: { type: 'string' as const, format: 'binary' } } }
      : { [route.stream === 'events' ? 'text/event-stream' : 'application/json']: { schema: route.answer } };
  const upload = {
    content: {
      'multipart/form-data': {
        schema: {
          type: 'object' as const,
          properties: { file: { type: 'string' as const, format: 'binary' } },
          required: ['file'],
        },
      },
    },
  };
  const changes = route.method !== 'GET';
  return {
    operationId: name,
    summary: route.summary,
    security: route.access === 'public' ? [] : [changes ? { session: [], csrf: [] } : { session: [] }],
    ...((route.params || route.query || route.once) && {
      requestParams: { ...(route.params && { path: route.params }), ...(route.query && { query: route.query }) },
    }),
    ...(route.once && {
      parameters: [
        {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          schema: { type: 'string', pattern: '^[\\w-]{8,100}$' },
        },
      ],
    }),
    ...(route.stream === 'upload'
      ? { requestBody: upload }
      : route.body && { requestBody: { content: { 'application/json': { schema: route.body }, ...forms } } }),
    responses: {
      ...(route.stream === 'redirect'
        ? { '302': { description: '转到所给的地址', headers: { Location: { schema: { type: 'string' } } } } }
        : { '200': { description: '成功', content } }),
      default: { description: '未办理', content: { 'application/problem+json': { schema: Problem } } },
    },
  } as ZodOpenApiOperationObject;
}
